using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.NN;

[Collection(nameof(OneAtATime))]
public class FunctionalTests
{
    /// <summary>Each takes the fixture's inputs in their order.</summary>
    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Cases = new()
    {
        ["linear"] = a => linear(a[0], a[1], a[2]),
        ["linear_without_bias"] = a => linear(a[0], a[1]),
        ["layer_norm"] = a => layer_norm(a[0], [5], a[1], a[2]),
        ["layer_norm_plain"] = a => layer_norm(a[0], [3, 5], eps: 1e-3),
        ["softmax"] = a => softmax(a[0], 1),
        ["softmax_first_dimension"] = a => softmax(a[0], 0),
        ["log_softmax"] = a => log_softmax(a[0], -1),
        ["silu"] = a => silu(a[0]),
        ["gelu"] = a => gelu(a[0]),
        ["gelu_tanh"] = a => gelu(a[0], GELU.Approximate.tanh),
        ["relu"] = a => relu(a[0]),
        ["sigmoid"] = a => nn.functional.sigmoid(a[0]),
        ["tanh"] = a => nn.functional.tanh(a[0]),
        ["softplus"] = a => softplus(a[0]),
        ["softplus_beta"] = a => softplus(a[0], beta: 2, threshold: 1.5),
        ["logsigmoid"] = a => logsigmoid(a[0]),
        ["cross_entropy"] = a => cross_entropy(a[0], a[1]),
        ["cross_entropy_sum"] = a => cross_entropy(a[0], a[1], reduction: nn.Reduction.Sum),
        ["cross_entropy_none"] = a => cross_entropy(a[0], a[1], reduction: nn.Reduction.None),
        ["cross_entropy_ignoring"] = a => cross_entropy(a[0], a[1]),
        ["cross_entropy_weighted"] = a => cross_entropy(a[0], a[1], a[2].detach()),
        ["cross_entropy_smoothed"] = a => cross_entropy(a[0], a[1], label_smoothing: 0.1),
        ["nll_loss"] = a => nll_loss(a[0], a[1]),
        ["nll_loss_weighted_none"] = a => nll_loss(a[0], a[1], a[2].detach(), nn.Reduction.None),
        ["kl_div_log_target"] = a => kl_div(a[0], a[1]),
        ["kl_div_sum"] = a => kl_div(a[0], a[1], log_target: false, nn.Reduction.Sum),
        ["mse_loss"] = a => mse_loss(a[0], a[1]),
        ["mse_loss_none"] = a => mse_loss(a[0], a[1], nn.Reduction.None),
        ["binary_cross_entropy_with_logits"] = a => binary_cross_entropy_with_logits(a[0], a[1]),
        ["binary_cross_entropy_with_logits_weighted"] =
            a => binary_cross_entropy_with_logits(a[0], a[1], a[2].detach(), nn.Reduction.Sum, a[3].detach()),
        ["one_hot"] = a => one_hot(a[0], 6),
        ["one_hot_inferred"] = a => one_hot(a[0]),
        ["normalize"] = a => normalize(a[0]),
        ["normalize_first_norm"] = a => normalize(a[0], p: 1, dim: 0),
        ["cosine_similarity"] = a => cosine_similarity(a[0], a[1]),
        ["cosine_similarity_last"] = a => cosine_similarity(a[0], a[1], dim: -1),
        ["pad"] = a => pad(a[0], [1, 2, 0, 1], value: 0.5),
        ["pad_pair"] = a => pad(a[0], (2, 0)),
        ["pad_reflect"] = a => pad(a[0], (1, 2), PaddingModes.Reflect),
        ["attention"] = a => scaled_dot_product_attention(a[0], a[1], a[2]),
        ["attention_causal"] = a => scaled_dot_product_attention(a[0], a[1], a[2], is_casual: true),
        ["attention_allowed"] = a => scaled_dot_product_attention(a[0], a[1], a[2], a[3]),
        ["attention_added"] = a => scaled_dot_product_attention(a[0], a[1], a[2], a[3]),
    };

    public static TheoryData<string> Names => NnFixture.Theory("functions");

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_PyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var fixture = NnFixture.Find("functions", name);
        var inputs = fixture.GetProperty("inputs").EnumerateObject().ToDictionary(p => p.Name, p => NnFixture.Tensor(p.Value));
        foreach (var input in inputs.Values.Where(NnFixture.IsFloating)) input.requires_grad = true;

        var output = Cases[NnFixture.Plain(name)]([.. inputs.Values]);

        output.ShouldBe(fixture.GetProperty("output"), NnFixture.Tolerance(name), "output");
        GradientsShouldBe(fixture, name, output, inputs);
    }

    [Fact]
    public void Every_fixture_has_its_case() =>
        Assert.Equal(NnFixture.Names("functions").Select(NnFixture.Plain).Distinct().Order(), Cases.Keys.Order());

    [Fact]
    public void Functions_in_place_change_their_argument()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1.0, 2 });

        var y = relu(x, inplace: true);

        Assert.Equal([0, 2], x.data<double>().ToArray());
        Assert.Equal([0, 2], y.data<double>().ToArray());
    }

    [Fact]
    public void Dropout_zeroes_about_a_share_of_p_and_scales_the_rest()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);

        var dropped = dropout(ones(10_000), p: 0.25).data<float>().ToArray();

        Assert.All(dropped, value => Assert.True(value is 0 or (4f / 3)));
        Assert.InRange(dropped.Count(value => value == 0), 2300, 2700);
        Assert.All(dropout(ones(100), p: 0.25, training: false).data<float>().ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Causal_attention_refuses_another_mask()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 2, 3);

        Assert.Throws<ArgumentException>(() => scaled_dot_product_attention(x, x, x, ones(2, 2), is_casual: true));
    }

    internal static void GradientsShouldBe(JsonElement fixture, string name, Tensor output, IReadOnlyDictionary<string, Tensor> leaves)
    {
        if (!fixture.TryGetProperty("gradients", out var gradients)) return;
        (output * NnFixture.Tensor(fixture.GetProperty("weights"))).sum().backward();
        foreach (var expected in gradients.EnumerateObject())
        {
            Assert.True(leaves[expected.Name].grad is not null, $"{expected.Name} should have a gradient.");
            leaves[expected.Name].grad!.ShouldBe(expected.Value, NnFixture.Tolerance(name), $"gradient of {expected.Name}");
        }
    }
}
