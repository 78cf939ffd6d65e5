using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Evaluation.Meaning;

/// <summary>What A Closer Look measures meanings with, from local checkpoints.</summary>
/// <param name="Embedder">Compares answers.</param>
/// <param name="Judge">Judges what follows from them.</param>
public sealed record PublishedJudges(MiniLmEmbedder Embedder, NliJudge Judge) : IDisposable
{
    /// <summary>Loads both; they are the caller's.</summary>
    /// <param name="device">Where they should compute; CPU when null.</param>
    /// <exception cref="DirectoryNotFoundException">One is not on this machine; the message says how to get it.</exception>
    public static PublishedJudges Load(Device? device = null)
    {
        var judge = NliJudge.Load(device: device);
        try
        {
            return new(MiniLmEmbedder.Load(device: device), judge);
        }
        catch
        {
            judge.Dispose();
            throw;
        }
    }

    /// <summary>The measures of a model's answers.</summary>
    /// <param name="tokenizer">The model's.</param>
    public MeaningMeasures Measures(ITokenizer tokenizer) => new(tokenizer, Embedder, Judge);

    /// <summary>Frees both models.</summary>
    public void Dispose()
    {
        Embedder.Dispose();
        Judge.Dispose();
    }
}
