using Unlearn.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Tests.Numerics;

[NoTensorLeaks]
public sealed class SoftEmbeddingTests
{
    private const double Least = 0.05;

    // Orthogonal directions: v is p itself, so the similarity to a token is p(y) / ‖p‖ and the dot product p(y).
    [Fact]
    public void With_orthogonal_directions_the_similarity_is_the_probability_over_the_length_of_all()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,] { { 0, Math.Log(2), Math.Log(5) }, { 3, 1, -2 } });
        var p = logits.softmax(-1);
        var vectors = SoftEmbedding.Of(logits, eye(3, dtype: float64));
        var targets = eye(3, dtype: float64).index_select(0, tensor(new long[] { 2, 0 }));

        var (first, norm) = (5.0 / 8, Math.Sqrt(1 + 4 + 25) / 8);
        Assert.Equal(first / norm, SoftEmbedding.Similarity(vectors, targets, Least)[0].item<double>(), 1e-14);
        Assert.Equal(first, SoftEmbedding.Similarity(vectors, 7 * targets, leastNorm: null)[0].item<double>(), 1e-14);
        Assert.Equal(p.data<double>().ToArray(), vectors.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void A_sure_model_points_to_its_token_and_away_from_orthogonal_ones()
    {
        using var scope = NewDisposeScope();
        var vectors = SoftEmbedding.Of(tensor(new double[,] { { 80, 0, 0 }, { 80, 0, 0 } }), eye(3, dtype: float64));
        var similarity = SoftEmbedding.Similarity(vectors, eye(3, dtype: float64).narrow(0, 0, 2), Least).data<double>().ToArray();

        Assert.Equal(1, similarity[0], 1e-15);
        Assert.Equal(0, similarity[1], 1e-15);
    }

    // Directions that cancel: uniform probabilities give v = 0, where a cosine would be 0 / 0.
    [Fact]
    public void A_vector_of_no_length_has_similarity_0_and_a_finite_gradient()
    {
        using var scope = NewDisposeScope();
        var directions = tensor(new double[,] { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } });
        var logits = zeros([1, 4], float64).requires_grad_();
        var similarity = SoftEmbedding.Similarity(SoftEmbedding.Of(logits, directions), directions.narrow(0, 0, 1), Least);
        similarity.sum().backward();

        Assert.Equal(0, similarity.item<double>());
        // ∂v/∂z₀ = p₀ ê₀ − p₀ v = (¼, 0), over ε.
        Assert.Equal([0.25 / Least, -0.25 / Least, 0, 0], logits.grad!.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void A_high_temperature_makes_the_embedding_the_mean_of_all_directions()
    {
        using var scope = NewDisposeScope();
        var directions = tensor(new double[,] { { 1, 0 }, { 0, 1 }, { 0, 1 }, { 0, -1 } });

        Assert.Equal([0.25, 0.25], SoftEmbedding.Of(tensor(new double[,] { { 9, -9, 3, 0 } }), directions, 1e9).data<double>().ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Theory, InlineData(0.0), InlineData(2.0), InlineData(-7.5), InlineData(30.0)]
    public void The_probability_of_all_others_is_what_the_target_leaves(double logit)
    {
        using var scope = NewDisposeScope();
        var value = LogProbabilities.OfOthers(tensor(new double[,] { { logit, 0, 0 } }), tensor(new long[] { 0 })).item<double>();

        Assert.Equal(Math.Log(2) - Math.Log(2 + Math.Exp(logit)), value, 1e-12);
    }

    [Fact]
    public void The_probability_of_all_others_is_known_where_the_targets_rounds_to_1()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[,] { { 300, 0, 0 } }).requires_grad_();
        var value = LogProbabilities.OfOthers(logits, tensor(new long[] { 0 }));
        value.sum().backward();

        Assert.Equal(Math.Log(2) - 300, value.item<float>(), 1e-4);
        Assert.Equal([-1, 0.5f, 0.5f], logits.grad!.data<float>().ToArray());
    }
}
