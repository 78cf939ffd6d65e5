using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>Every operator against PyTorch, results and gradients: Fixtures/make_operator_fixtures.py wrote what PyTorch gives.</summary>
public sealed class OperatorParityTests
{
    private static readonly Lazy<Fixture[]> Cases = new(Read);

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var fixture in Cases.Value) names.Add(fixture.Name, fixture.Type);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_and_gradients_are_those_of_PyTorch(string name, string type)
    {
        using var scope = NewDisposeScope();
        var fixture = Cases.Value.Single(c => c.Name == name && c.Type == type);
        var inputs = Array.ConvertAll(fixture.Inputs, n => n.ToTensor());
        foreach (var input in inputs) input.requires_grad = input.is_floating_point();

        var outputs = OperatorCases.All[name](inputs);

        Assert.Equal(fixture.Outputs.Length, outputs.Length);
        for (var k = 0; k < outputs.Length; k++) fixture.Outputs[k].AssertEqual(outputs[k], $"output {k}");
        if (fixture.Gradients.Length == 0) return;

        Tensor[] recorded = [.. outputs.Where(o => o.requires_grad)];
        Tensor[] leaves = [.. inputs.Where(i => i.requires_grad)];
        var gradients = autograd.grad(recorded, leaves, [.. recorded.Select(Weights)], allow_unused: true);
        for (var k = 0; k < gradients.Count; k++)
        {
            if (fixture.Gradients[k] is { } expected) expected.AssertEqual(gradients[k], $"gradient {k}");
            else Assert.Null(gradients[k]);
        }
    }

    [Fact]
    public void Fixtures_and_cases_have_the_same_names() =>
        Assert.Equal(OperatorCases.All.Keys, Cases.Value.Select(c => c.Name).Distinct().Order(StringComparer.Ordinal));

    private static Tensor Weights(Tensor like)
    {
        var weights = new double[like.numel()];
        for (var k = 0; k < weights.Length; k++) weights[k] = ((k * 7 + 4) % 8 - 3) / 4.0;
        return tensor(weights, like.shape, like.dtype);
    }

    private static Fixture[] Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Fixtures", "operators.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(Fixture.Parse)];
    }

    private sealed record Fixture(string Name, string Type, Numbers[] Inputs, Numbers[] Outputs, Numbers?[] Gradients)
    {
        public static Fixture Parse(JsonElement json)
        {
            Numbers[] inputs = [.. List(json, "inputs").Select(Numbers.Parse)];
            var type = inputs.Select(i => i.Type).FirstOrDefault(t => t is "f4" or "f8") ?? "i8";
            return new Fixture(json.GetProperty("name").GetString()!, type, inputs, [.. List(json, "outputs").Select(Numbers.Parse)],
                [.. List(json, "gradients").Select(g => g.ValueKind == JsonValueKind.Null ? null : Numbers.Parse(g))]);
        }

        private static JsonElement.ArrayEnumerator List(JsonElement json, string name) => json.GetProperty(name).EnumerateArray();
    }

    private sealed record Numbers(string Type, long[] Shape, double[] Values)
    {
        public static Numbers Parse(JsonElement json) => new(
            json[0].GetString()!,
            [.. json[1].EnumerateArray().Select(n => n.GetInt64())],
            [.. json[2].EnumerateArray().Select(n => n.ValueKind == JsonValueKind.String
                ? double.Parse(n.GetString()!, CultureInfo.InvariantCulture)
                : n.GetDouble())]);

        public Tensor ToTensor() => tensor(Values, Shape, Kind);

        public void AssertEqual(Tensor actual, string what)
        {
            Assert.Equal(Kind, actual.dtype);
            Assert.Equal(Shape, actual.shape);
            var numbers = actual.detach().to(ScalarType.Float64).data<double>().ToArray();
            for (var k = 0; k < numbers.Length; k++)
                Assert.True(Near(Values[k], numbers[k]), $"{what}, number {k}: {Values[k]} expected, {numbers[k]} came");
        }

        private ScalarType Kind => Type switch
        {
            "f4" => ScalarType.Float32,
            "f8" => ScalarType.Float64,
            "bf" => ScalarType.BFloat16,
            "i8" => ScalarType.Int64,
            "i4" => ScalarType.Int32,
            "b1" => ScalarType.Bool,
            _ => throw new InvalidDataException($"The fixture names an unknown type \"{Type}\"."),
        };

        // Relative to the number, and for a number that came of cancellation to the order of one.
        private bool Near(double expected, double actual)
        {
            if (!double.IsFinite(expected) || Type is "i8" or "i4" or "b1" or "bf") return expected.Equals(actual);
            var tolerance = Type == "f8" ? 1e-6 : 1e-5;
            return Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), Type == "f8" ? 1e-3 : 0.1);
        }
    }
}
