using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Unlearn.Data;

namespace Unlearn.Experiments;

/// <summary>Results of experiments on disk, one file each, named by fingerprint.</summary>
/// <param name="folder">Where they are kept.</param>
public sealed class TrialStore(string folder)
{
    /// <summary>How results are written, here and in <c>data/results</c>.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,     // the files are read by people too; they never enter a page as they are
        RespectRequiredConstructorParameters = false,
    };

    /// <summary>The store that notebooks and commands share.</summary>
    public static TrialStore Shared => new(CacheFolder.Of("trials"));

    /// <summary>A kept result, or null where there is none or it cannot be read, which is as good as none.</summary>
    /// <param name="spec">What was run.</param>
    public TResult? Find<TResult>(IExperiment<TResult> spec)
        where TResult : class, IExperimentResult
    {
        var path = PathOf(spec);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<TResult>(File.ReadAllBytes(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The kept result, or that of a run.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="models">Gives the trained models.</param>
    /// <param name="tell">Told of progress.</param>
    /// <param name="fresh">Whether a kept result is ignored and replaced; kept models are used all the same.</param>
    public TResult Obtain<TResult>(IExperiment<TResult> spec, ModelStore models, Action<string>? tell = null, bool fresh = false)
        where TResult : class, IExperimentResult
    {
        if (!fresh && Find(spec) is { } kept) return kept;
        var result = spec.Run(models, tell);
        WholeFile.Write(PathOf(spec), JsonSerializer.Serialize(result, Json));
        return result;
    }

    private string PathOf(IExperiment spec) => Path.Combine(folder, spec.Fingerprint + ".json");
}
