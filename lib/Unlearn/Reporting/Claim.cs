using System.Text.Json.Serialization;
using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>A paper's claim, how it was tested here and what came out.</summary>
/// <param name="Id">Short and stable, such as "npo-slower-collapse".</param>
/// <param name="Statement">The claim in one sentence.</param>
/// <param name="Source">Paper and place in it.</param>
/// <param name="Test">What was computed.</param>
/// <param name="Value">Mean over seeds.</param>
/// <param name="Low">Lower end of the 95 % interval; null where one seed gives none.</param>
/// <param name="High">Upper end; null where one seed gives none.</param>
/// <param name="Seeds">Number of seeds.</param>
/// <param name="Scale">"mini", "tofu" or "paper", with the data set.</param>
/// <param name="Verdict">"reproduced", "not reproduced" or "not testable at this scale".</param>
public sealed record Claim(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("claim")] string Statement,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("test")] string Test,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("low")] double? Low,
    [property: JsonPropertyName("high")] double? High,
    [property: JsonPropertyName("seeds")] int Seeds,
    [property: JsonPropertyName("scale")] string Scale,
    [property: JsonPropertyName("verdict")] string Verdict)
{
    /// <summary>A claim that a difference is above zero: reproduced when its whole 95 % interval is.</summary>
    /// <param name="id">Short and stable.</param>
    /// <param name="statement">The claim in one sentence.</param>
    /// <param name="source">Paper and place in it.</param>
    /// <param name="test">What the differences are.</param>
    /// <param name="differences">One for each seed. A single one tests nothing.</param>
    /// <param name="scale">"mini", "tofu" or "paper", with the data set.</param>
    public static Claim Positive(
        string id, string statement, string source, string test, IReadOnlyCollection<double> differences, string scale)
    {
        var interval = MeanInterval.Of(differences);
        double? End(double value) => double.IsFinite(value) ? value : null;
        return new(id, statement, source, test, interval.Mean, End(interval.Low), End(interval.High), interval.Count, scale,
            interval.Count < 2 ? "not testable at this scale" : interval.Low > 0 ? "reproduced" : "not reproduced");
    }
}
