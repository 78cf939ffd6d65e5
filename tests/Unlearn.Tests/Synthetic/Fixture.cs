using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Synthetic;

namespace Unlearn.Tests.Synthetic;

/// <summary>The tiny instance of make_synthetic.py, whose numbers PyTorch worked out.</summary>
internal static class Fixture
{
    public const int Dimensions = 4, Features = 8;

    private static readonly JsonElement Json =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Synthetic", "Fixtures", "synthetic.json"))).RootElement;

    public static RandomFeatures Map { get; } = new([.. Numbers("W")], Dimensions);

    public static SyntheticWorld World { get; } = new(
        Map, Points("Xr", "yr"), Points("Xf", "yf") with { Alternatives = [.. Numbers("yi")] }, Points("Er"), Points("Ef"));

    public static SyntheticSettings Settings { get; } = new(1)
    {
        Dimensions = Dimensions,
        Features = Features,
        RetainPoints = 12,
        ForgetPoints = 6,
        EvaluationPoints = 5,
        TrainingSteps = 500,
    };

    public static ReferenceModels Models { get; } = new(Numbers("theta_ref"), Numbers("theta_retr"));

    public static double[] Numbers(params string[] path) => [.. At(path).EnumerateArray().Select(number => number.GetDouble())];

    public static double Number(params string[] path) => At(path).GetDouble();

    public static ImmutableArray<double> Logits(ImmutableArray<double> features, ReadOnlySpan<double> theta)
    {
        var weights = theta.ToArray();
        return [.. features.Chunk(weights.Length).Select(row => row.Zip(weights, (x, w) => x * w).Sum())];
    }

    private static JsonElement At(string[] path) => path.Aggregate(Json, (element, name) => element.GetProperty(name));

    private static PointSet Points(string inputs, string? labels = null) =>
        new(Map.Of(Numbers(inputs)), labels is null ? [] : [.. Numbers(labels)], [], Features);
}
