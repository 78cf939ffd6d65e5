using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>Log-probabilities of a reference model on disk, so that runs that begin from one model compute them once.</summary>
/// <remarks>
/// A file is named after its rows and carries the fingerprint of the weights. Numbers of other weights are refused, not used: they are
/// computed anew and replace the stale ones. Rows are fingerprinted as token ids, so another tokenizer has other files.
/// </remarks>
public static class ReferenceCache
{
    private const string Key = "log_probabilities", WeightsKey = "weights", RowsKey = "rows";

    /// <summary>log π(y | x) of every row, in the order given, in nats.</summary>
    /// <param name="folder">Where the files are; made where missing.</param>
    /// <param name="model">The reference.</param>
    /// <param name="rows">Prompts with answers.</param>
    /// <param name="note">Told when a file is stale or damaged.</param>
    public static double[] Score<TModel>(string folder, TModel model, IReadOnlyList<EncodedRow> rows, Action<string>? note = null)
        where TModel : nn.Module, ILanguageModel
    {
        var (weights, identity) = (Fingerprint.OfWeights(model), Fingerprint.OfRows(rows));
        var path = Path.Combine(folder, $"reference-{identity[..16]}.safetensors");
        if (Read(path, weights, identity, note) is { } known) return known;

        using var scope = NewDisposeScope();
        var scores = AnswerScorer.Score(model, rows);
        SafeTensors.Write(path, new Dictionary<string, Tensor> { [Key] = tensor(scores) },
            new Dictionary<string, string> { [WeightsKey] = weights, [RowsKey] = identity });
        return scores;
    }

    private static double[]? Read(string path, string weights, string rows, Action<string>? note)
    {
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        try
        {
            var (tensors, texts) = SafeTensors.Read(path);
            if ((texts.GetValueOrDefault(WeightsKey), texts.GetValueOrDefault(RowsKey)) == (weights, rows)
                && tensors.TryGetValue(Key, out var scores))
                return scores.data<double>().ToArray();
            note?.Invoke($"{Path.GetFileName(path)} holds log-probabilities of another model and is refused; they are computed anew.");
        }
        catch (InvalidDataException error)
        {
            note?.Invoke($"{Path.GetFileName(path)} is damaged; its log-probabilities are computed anew: {error.Message}");
        }
        return null;
    }
}
