using System.Collections.Immutable;

namespace Unlearn.Tokenization;

/// <summary>Text ↔ token ids, of a tokenizer that the project trained or of one read from a checkpoint's <c>tokenizer.json</c>.</summary>
/// <remarks>Implementations are immutable, but for caches, and safe to share between threads.</remarks>
public interface ITokenizer
{
    /// <summary>One more than the highest id; a model's embedding has at least so many rows.</summary>
    int VocabularySize { get; }

    /// <summary>The special tokens, which are not text, in id order.</summary>
    ImmutableArray<string> SpecialTokens { get; }

    /// <summary>Text → ids.</summary>
    /// <param name="text">Any text; a lone surrogate, which has no UTF-8 form, counts as U+FFFD.</param>
    /// <param name="parseSpecialTokens">
    /// False (default): the characters of a special token are ordinary text, so data cannot smuggle one in.
    /// True: each occurrence becomes its id, as Hugging Face's tokenizers do by default; prompt formats need it.
    /// </param>
    /// <param name="addSpecialTokens">
    /// Whether the tokenizer's own frame is put around the ids: Llama's BOS, BERT's CLS and SEP, or nothing.
    /// </param>
    int[] Encode(string text, bool parseSpecialTokens = false, bool addSpecialTokens = false);

    /// <summary>Ids → text. Bytes that are not UTF-8, e.g. a character cut in half, become U+FFFD.</summary>
    /// <remarks>
    /// An id without a token is left out by tokenizers read from a file, because checkpoints have spare rows that a damaged model may
    /// emit; a trained tokenizer, whose model has no spare rows, refuses it.
    /// </remarks>
    /// <param name="ids">Ids from 0.</param>
    /// <param name="skipSpecialTokens">True leaves special tokens out; false writes their names.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative.</exception>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false);

    /// <summary>The id of a special token.</summary>
    /// <exception cref="ArgumentException">There is no such special token.</exception>
    int IdOf(string special);

    /// <summary>Whether an id belongs to a special token.</summary>
    bool IsSpecial(int id);

    /// <summary>Writes a <c>tokenizer.json</c> that reads back equal, as a whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    void Save(string path);
}
