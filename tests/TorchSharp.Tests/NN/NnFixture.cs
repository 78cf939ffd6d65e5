using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

/// <summary>Fixtures/nn.json: what PyTorch computed; make_nn_fixtures.py, beside it, wrote it.</summary>
internal static class NnFixture
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "nn.json"))).RootElement;

    internal static IEnumerable<string> Names(string kind) =>
        Root.GetProperty(kind).EnumerateArray().Select(fixture => fixture.GetProperty("name").GetString()!);

    internal static JsonElement Find(string kind, string name) =>
        Root.GetProperty(kind).EnumerateArray().Single(fixture => fixture.GetProperty("name").GetString() == name);

    internal static TheoryData<string> Theory(string kind) => [.. Names(kind)];

    /// <summary>A name without its element type: "linear/float64" is "linear".</summary>
    internal static string Plain(string name) => name.Split('/')[0];

    internal static double Tolerance(string name) => name.EndsWith("float64", StringComparison.Ordinal) ? 1e-6 : 1e-5;

    internal static bool IsFloating(Tensor tensor) => tensor.dtype is ScalarType.Float32 or ScalarType.Float64;

    internal static Tensor Tensor(JsonElement element)
    {
        long[] shape = [.. element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        return tensor(Values(element), shape, dtype: Type(element));
    }

    /// <summary>Every number within tolerance of PyTorch's, relative to the larger of its size and the tensor's largest.</summary>
    internal static void ShouldBe(this Tensor actual, JsonElement expected, double tolerance, string what)
    {
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), actual.shape);
        Assert.True(actual.dtype == Type(expected), $"{what}: the type should be {Type(expected)} but is {actual.dtype}.");
        using var wide = actual.detach().to(ScalarType.Float64);
        var (wanted, got) = (Values(expected), wide.data<double>().ToArray());
        var largest = wanted.Append(0).Max(Math.Abs);
        for (var k = 0; k < wanted.Length; k++)
        {
            Assert.True(Math.Abs(wanted[k] - got[k]) <= tolerance * Math.Max(largest, 1e-3),
                        $"{what}[{k}]: {wanted[k]:R} was expected but {got[k]:R} came.");
        }
    }

    private static ScalarType Type(JsonElement element) => element.GetProperty("type").GetString() switch
    {
        "float32" => ScalarType.Float32,
        "float64" => ScalarType.Float64,
        "int64" => ScalarType.Int64,
        "bool" => ScalarType.Bool,
        var other => throw new InvalidDataException($"No such type in the fixtures: {other}"),
    };

    private static double[] Values(JsonElement element) => [.. element.GetProperty("values").EnumerateArray().Select(value =>
        value.ValueKind switch { JsonValueKind.True => 1, JsonValueKind.False => 0, _ => value.GetDouble() })];
}
