using System.Text;
using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Experiments;

/// <summary>Many results in one file, as <c>data/results</c> keeps those of full sweeps: a JSON list, one result a line.</summary>
public static class ResultFile
{
    /// <summary>Where the project keeps a sweep's results: <c>data/results/GRID-DATASET.json</c>.</summary>
    /// <param name="grid">The grid's name, such as "npo".</param>
    /// <param name="dataset">"world" or "tofu".</param>
    public static string PathOf(string grid, string dataset) => Path.Combine(DataSets.Results(), $"{grid}-{dataset}.json");

    /// <summary>Writes results.</summary>
    /// <param name="path">Replaced as a whole.</param>
    /// <param name="results">In the order in which they should stand.</param>
    public static void Write<TResult>(string path, IEnumerable<TResult> results)
    {
        var text = new StringBuilder("[\n");
        text.AppendJoin(",\n", results.Select(result => JsonSerializer.Serialize(result, TrialStore.Json)));
        WholeFile.Write(path, text.Append("\n]\n").ToString());
    }

    /// <summary>Reads results of unlearning; none where there is no such file.</summary>
    /// <param name="path">What <see cref="Write"/> wrote.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<TrialResult> Read(string path) => Read<TrialResult>(path);

    /// <summary>Reads results of a kind; none where there is no such file.</summary>
    /// <param name="path">What <see cref="Write"/> wrote.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<TResult> Read<TResult>(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<TResult[]>(File.ReadAllBytes(path), TrialStore.Json) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} should be a list of results but is not: {error.Message}", error);
        }
    }
}
