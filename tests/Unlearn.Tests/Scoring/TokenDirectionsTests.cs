using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Scoring;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Scoring;

[NoTensorLeaks]
public sealed class TokenDirectionsTests
{
    [Fact]
    public void A_direction_is_a_centred_embedding_of_length_one()
    {
        using var scope = NewDisposeScope();
        // Without the last row the mean is (1, 1).
        var embeddings = tensor(new double[,] { { 1, 3 }, { 1, -1 }, { 5, 1 }, { -3, 1 }, { 4, 5 } });
        using var directions = TokenDirections.OfEmbeddings(embeddings, [4]);

        Assert.Equal([0, 1, 0, -1, 1, 0, -1, 0, 0.6, 0.8], directions.Matrix.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(2, directions.Width);
    }

    [Fact]
    public void The_meaning_of_an_answer_is_the_mean_of_its_tokens_directions()
    {
        using var scope = NewDisposeScope();
        using var directions = TokenDirections.OfEmbeddings(tensor(new double[,] { { 0, 2 }, { 0, -2 }, { 3, 0 }, { -3, 0 } }));

        var vectors = directions.Vectors([[0, 2], [0, 0, 2, 1], [3]]);

        Assert.Equal([0.5, 0.5], vectors[0]);
        Assert.Equal([0.25, 0.25], vectors[1]);
        Assert.Equal([-1, 0], vectors[2]);
        Assert.Empty(directions.Vectors([]));
        Assert.Throws<ArgumentException>(() => directions.Vectors([[0], []]));
    }

    [Fact]
    public void What_becomes_of_the_model_does_not_change_them()
    {
        using var model = Birthplaces.Untrained();
        using var directions = TokenDirections.Of(model);
        var before = directions.Fingerprint;
        using (no_grad())
        using (NewDisposeScope())
        {
            foreach (var parameter in model.parameters()) parameter.add_(1);
        }
        using var after = TokenDirections.Of(model);

        Assert.Equal(before, directions.Fingerprint);
        Assert.NotEqual(before, after.Fingerprint);
        Assert.False(directions.Matrix.requires_grad);
    }

    [Fact]
    public void Tied_matrices_are_one_and_untied_ones_are_two()
    {
        random.manual_seed(1);
        var shape = new LlamaShape(30, Width: 8, Layers: 1, Heads: 1, KeyValueHeads: 1, FeedForward: 8, Context: 8);
        using var tied = new Llama(shape);
        using var untied = new Llama(shape with { TiedEmbeddings = false });
        string Of(nn.Module model, EmbeddingSide side)
        {
            using var directions = TokenDirections.Of(model, side: side);
            return directions.Fingerprint;
        }

        Assert.Equal(Of(tied, EmbeddingSide.Input), Of(tied, EmbeddingSide.Output));
        Assert.NotEqual(Of(untied, EmbeddingSide.Input), Of(untied, EmbeddingSide.Output));
        using var adapted = new AdaptedModel(tied, new LoraOptions());
        Assert.Equal(Of(tied, EmbeddingSide.Input), Of(adapted, EmbeddingSide.Input));
    }

    [Fact]
    public void Special_ids_that_are_none_or_all_are_refused()
    {
        using var scope = NewDisposeScope();
        var embeddings = ones(3, 2);

        Assert.Throws<ArgumentException>(() => TokenDirections.OfEmbeddings(embeddings, [3]));
        Assert.Throws<ArgumentException>(() => TokenDirections.OfEmbeddings(embeddings, [0, 1, 2]));
    }

    [Fact]
    public void An_embedding_that_is_the_mean_has_no_direction()
    {
        using var scope = NewDisposeScope();
        using var directions = TokenDirections.OfEmbeddings(ones(3, 2));

        Assert.All(directions.Matrix.data<float>().ToArray(), value => Assert.Equal(0, value));
    }
}
