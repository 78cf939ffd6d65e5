using System.Text.Json;
using Unlearn.Reporting;

namespace Unlearn.Synthetic;

/// <summary>The authors' own curves, read out of their figure files: data/published/npo-synthetic.json, which says how.</summary>
public sealed class PublishedSynthetic
{
    private const string Place = "data/published/npo-synthetic.json";

    private readonly JsonElement json;

    private PublishedSynthetic(JsonElement json) => this.json = json;

    /// <summary>Reads the file that is kept with the code.</summary>
    /// <exception cref="FileNotFoundException">It is not where the code is.</exception>
    public static PublishedSynthetic Load()
    {
        var path = RepositoryFiles.Find(Place)
            ?? throw new FileNotFoundException(
                $"Expected {Place} in or above {Environment.CurrentDirectory}, found none; run in the repository.");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new(document.RootElement.Clone());
    }

    /// <summary>Means over the authors' five instances along the steps.</summary>
    /// <param name="figure">"Figure 4 (a1)", "Figure 4 (a2)", "Figure 4 (b)", "Figure 9 (a)" or "Figure 9 (b)".</param>
    /// <exception cref="ArgumentException">There is no such figure.</exception>
    public IReadOnlyList<Published> Curves(string figure)
    {
        var found = json.GetProperty("curves").EnumerateArray().Where(each => each.GetProperty("figure").GetString() == figure).ToArray();
        return found.Length == 1
            ? Read(found[0], "steps", "mean")
            : throw new ArgumentException($"Expected a figure of {Place} but got {figure}.", nameof(figure));
    }

    /// <summary>Figure 4 (a3): forget against retain distance.</summary>
    public IReadOnlyList<Published> Pareto => Read(json.GetProperty("pareto"), "forgetDistance", "retainDistance");

    /// <summary>Figure 3: retain distance where the mean curve of GA or NPO with some β crosses a forget distance.</summary>
    public IReadOnlyList<Published> BetaSweep => Read(json.GetProperty("betaSweep"), "forgetDistance", "retainDistance");

    private static IReadOnlyList<Published> Read(JsonElement figure, string x, string y) =>
        [.. figure.GetProperty("curves").EnumerateArray().Select(curve =>
            new Published(curve.GetProperty("method").GetString()!, Numbers(curve.GetProperty(x)), Numbers(curve.GetProperty(y))))];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
