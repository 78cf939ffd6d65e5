using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

[Collection(nameof(OneAtATime))]
public class LayerTests
{
    private static readonly Dictionary<string, Func<nn.Module>> Cases = new()
    {
        ["Linear"] = () => nn.Linear(4, 3),
        ["Linear_without_bias"] = () => nn.Linear(4, 2, hasBias: false),
        ["Embedding"] = () => nn.Embedding(5, 3),
        ["Embedding_with_padding"] = () => nn.Embedding(5, 3, padding_idx: 3),
        ["LayerNorm"] = () => nn.LayerNorm(4, eps: 1e-6),
        ["LayerNorm_plain"] = () => nn.LayerNorm([3, 4], elementwise_affine: false),
        ["Sequential"] = () => nn.Sequential(nn.Linear(4, 6), nn.GELU(), nn.Linear(6, 2), nn.LogSoftmax(-1)),
        ["GELU"] = () => nn.GELU(),
        ["GELU_tanh"] = () => nn.GELU(GELU.Approximate.tanh),
        ["SiLU"] = () => nn.SiLU(),
        ["ReLU"] = () => nn.ReLU(),
        ["Sigmoid"] = () => nn.Sigmoid(),
        ["Tanh"] = () => nn.Tanh(),
        ["Softmax"] = () => nn.Softmax(1),
        ["LogSoftmax"] = () => nn.LogSoftmax(1),
        ["Identity"] = () => nn.Identity(),
        ["Dropout_in_evaluation"] = () => nn.Dropout(0.5),
        ["CrossEntropyLoss"] = () => nn.CrossEntropyLoss(),
        ["CrossEntropyLoss_ignoring"] = () => nn.CrossEntropyLoss(ignore_index: 3),
        ["NLLLoss_weighted"] = () => nn.NLLLoss(Weight()),
        ["KLDivLoss"] = () => nn.KLDivLoss(),
        ["MSELoss_sum"] = () => nn.MSELoss(nn.Reduction.Sum),
        ["BCEWithLogitsLoss"] = () => nn.BCEWithLogitsLoss(pos_weights: Weight()),
    };

    /// <summary>The first values that follow a seed of 0.</summary>
    private static readonly Dictionary<string, Func<IEnumerable<Tensor>>> Draws = new()
    {
        ["Linear"] = () => nn.Linear(4, 3).parameters(),
        ["Linear_without_bias"] = () => nn.Linear(4, 3, hasBias: false).parameters(),
        ["Embedding"] = () => nn.Embedding(5, 3, padding_idx: 1).parameters(),
        ["LayerNorm"] = () => nn.LayerNorm(4).parameters(),
        ["two_layers"] = () => nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2)).parameters(),
        ["uniform_"] = () => [nn.init.uniform_(empty(6, 4), -2, 3)],
        ["normal_"] = () => [nn.init.normal_(empty(6, 4), 1, 0.5)],
        ["constant_"] = () => [nn.init.constant_(empty(6, 4), 1.5)],
        ["ones_"] = () => [nn.init.ones_(empty(6, 4))],
        ["zeros_"] = () => [nn.init.zeros_(empty(6, 4))],
        ["xavier_uniform_"] = () => [nn.init.xavier_uniform_(empty(6, 4), gain: 2)],
        ["xavier_normal_"] = () => [nn.init.xavier_normal_(empty(6, 4))],
        ["kaiming_uniform_"] = () => [nn.init.kaiming_uniform_(empty(6, 4), a: Math.Sqrt(5))],
        ["kaiming_uniform_relu_fan_out"] = () =>
            [nn.init.kaiming_uniform_(empty(6, 4), mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU)],
        ["kaiming_normal_"] = () => [nn.init.kaiming_normal_(empty(6, 4))],
        ["trunc_normal_"] = () => [nn.init.trunc_normal_(empty(6, 4), mean: 0.1, std: 0.5, a: -0.4, b: 0.6)],
    };

    public static TheoryData<string> Names => NnFixture.Theory("modules");

    public static TheoryData<string> DrawNames => NnFixture.Theory("drawn");

    [Theory]
    [MemberData(nameof(Names))]
    public void Modules_compute_what_PyTorchs_compute(string name)
    {
        using var scope = NewDisposeScope();
        var fixture = NnFixture.Find("modules", name);
        var isDouble = name.EndsWith("float64", StringComparison.Ordinal);
        Weighting = isDouble ? ScalarType.Float64 : ScalarType.Float32;
        using var module = Cases[NnFixture.Plain(name)]().to(Weighting);
        if (name.StartsWith("Dropout", StringComparison.Ordinal)) module.eval();
        var leaves = fixture.GetProperty("inputs").EnumerateObject().ToDictionary(p => p.Name, p => NnFixture.Tensor(p.Value));
        Tensor[] inputs = [.. leaves.Values];
        foreach (var input in inputs.Where(NnFixture.IsFloating)) input.requires_grad = true;
        var parameters = fixture.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => NnFixture.Tensor(p.Value));
        Assert.Equal(parameters.Keys, module.named_parameters().Select(p => p.name));
        module.load_state_dict(parameters);
        foreach (var (key, parameter) in module.named_parameters()) leaves.Add(key, parameter);

        var output = module switch
        {
            nn.Module<Tensor, Tensor> one => one.call(inputs[0]),
            nn.Module<Tensor, Tensor, Tensor> two => two.call(inputs[0], inputs[1]),
            _ => throw new InvalidOperationException($"No call for {module.GetName()}"),
        };

        output.ShouldBe(fixture.GetProperty("output"), NnFixture.Tolerance(name), "output");
        FunctionalTests.GradientsShouldBe(fixture, name, output, leaves);
    }

    [Theory]
    [MemberData(nameof(DrawNames))]
    public void First_values_are_those_that_PyTorch_draws_from_the_same_seed(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);

        Tensor[] drawn = [.. Draws[name]()];

        var expected = NnFixture.Find("drawn", name).GetProperty("values");
        Assert.Equal(expected.GetArrayLength(), drawn.Length);
        foreach (var (index, value) in drawn.Index()) value.ShouldBe(expected[index], 1e-6, $"{name} {index}");
    }

    [Fact]
    public void Every_fixture_has_its_case()
    {
        Assert.Equal(NnFixture.Names("modules").Select(NnFixture.Plain).Distinct().Order(), Cases.Keys.Order());
        Assert.Equal(NnFixture.Names("drawn").Order(), Draws.Keys.Order());
    }

    [Fact]
    public void A_pretrained_embedding_is_a_frozen_copy()
    {
        using var scope = NewDisposeScope();
        var table = arange(6, dtype: ScalarType.Float32).reshape(3, 2);
        using var embedding = nn.Embedding_from_pretrained(table);
        table.zero_();

        Assert.Equal([4, 5], embedding.call(tensor(new[] { 2L })).data<float>().ToArray());
        Assert.False(embedding.weight!.requires_grad);
    }

    [Fact]
    public void A_padding_index_beyond_the_table_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => nn.Embedding(3, 2, padding_idx: 3));

    [ThreadStatic] private static ScalarType Weighting;

    private static Tensor Weight() => tensor(new[] { 0.5, 1, 2, 0.25 }, dtype: Weighting);
}
