using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A causal language model in the two halves that training and evaluation want apart.</summary>
/// <remarks>
/// The head is the expensive half where vocabularies are large, and only answer positions need it: callers pick those
/// positions from <see cref="Hidden"/> before they ask for <see cref="Logits"/>.
/// </remarks>
public interface ILanguageModel
{
    /// <summary>V, number of tokens.</summary>
    long Vocabulary { get; }

    /// <summary>Longest sequence, in tokens.</summary>
    long Context { get; }

    /// <summary>The state before the head, after the last norm.</summary>
    /// <param name="ids">[B, T] token ids.</param>
    /// <param name="cache">Keys and values of what came before; null when <paramref name="ids"/> starts the sequence.</param>
    /// <param name="layout">Where the tokens stand; null when each row is one sequence.</param>
    /// <returns>[B, T, C].</returns>
    Tensor Hidden(Tensor ids, KeyValueCache? cache = null, TokenLayout? layout = null);

    /// <summary>An empty cache for reading a batch token by token.</summary>
    /// <param name="capacity">How many tokens a row may have in all.</param>
    KeyValueCache NewCache(long capacity);

    /// <summary>Scores of the next token.</summary>
    /// <param name="hidden">[…, C].</param>
    /// <returns>[…, V].</returns>
    Tensor Logits(Tensor hidden);
}
