using System.Collections.Immutable;
using Unlearn.Tokenization.Added;
using Unlearn.Tokenization.Framing;
using Unlearn.Tokenization.Models;
using Unlearn.Tokenization.Splitting;

namespace Unlearn.Tokenization;

/// <summary>A tokenizer put together from the parts that a <c>tokenizer.json</c> names.</summary>
/// <remarks>
/// <code>
///   text → added tokens cut out → normalizer → added tokens that are normalized cut out → pre-tokenizer → model → frame → ids
///   ids → tokens → decoder → text
/// </code>
/// <para>Ids are those of Hugging Face's Rust library, from which npm's and Python's packages are made.</para>
/// </remarks>
public sealed class PipelineTokenizer : ITokenizer
{
    private readonly Vocabulary vocabulary;
    private readonly ITokenModel model;
    private readonly PipelineParts parts;
    private readonly Action<string> save;
    private readonly Dictionary<int, AddedToken> addedById = [];
    private readonly Dictionary<int, string> decodedForms = [];
    private readonly HashSet<string> specialContents = new(StringComparer.Ordinal);
    private readonly AddedTokenFinder? raw, normalized;

    /// <param name="vocabulary">The model's tokens.</param>
    /// <param name="model">The model.</param>
    /// <param name="parts">The other parts.</param>
    /// <param name="save">Writes the tokenizer's file.</param>
    /// <exception cref="FormatException">An added token's id is far beyond the number of tokens.</exception>
    internal PipelineTokenizer(Vocabulary vocabulary, ITokenModel model, PipelineParts parts, Action<string> save)
    {
        (this.vocabulary, this.model, this.parts, this.save) = (vocabulary, model, parts, save);
        foreach (var token in parts.Added)
        {
            addedById[token.Id] = token;
            decodedForms[token.Id] = FormOf(token);
            if (token.Special) specialContents.Add(token.Content);
        }
        raw = Finder(parts.Added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        normalized = Finder(parts.Added.Where(token => token.Normalized)
            .Select(token => (FormOf(token), token)));
        SpecialTokens = [.. parts.Added.Where(token => token.Special).OrderBy(token => token.Id).Select(token => token.Content)];
        var highest = parts.Added.Select(token => token.Id).DefaultIfEmpty(-1).Max();
        VocabularySize = Math.Max(vocabulary.Size, Vocabulary.Checked(highest, vocabulary.Count + parts.Added.Length) + 1);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> SpecialTokens { get; }

    /// <summary>The highest id that the frame adds, or −1.</summary>
    internal int HighestFrameId => parts.Frame.Single.Concat(parts.Frame.Pair).SelectMany(part => part.Ids).DefaultIfEmpty(-1).Max();

    /// <inheritdoc/>
    public int[] Encode(string text, bool parseSpecialTokens = false, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 3 + 4);
        foreach (var part in (addSpecialTokens ? parts.Frame : Frame.None).Single)
        {
            if (part.Text is null) ids.AddRange(part.Ids.AsSpan());
            else Append(WellFormed.Of(text), parseSpecialTokens, ids);
        }
        return [.. ids];
    }

    /// <summary>A text in the tokenizer's frame, e.g. <c>[CLS] text [SEP]</c>; special tokens in it are text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Ids in all; the text is cut at its end so that it fits with its frame. Null for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not even the frame fits.</exception>
    public PairEncoding EncodeSingle(string text, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = Ids(text);
        return Framed(parts.Frame.Single, [ids[..Math.Min(ids.Count, Room(parts.Frame.Single, limit))]]);
    }

    /// <summary>Two texts in the tokenizer's frame, e.g. <c>[CLS] first [SEP] second [SEP]</c>; special tokens in them are text.</summary>
    /// <param name="first">The first text; for an entailment judge the premise.</param>
    /// <param name="second">The second text; for an entailment judge the hypothesis.</param>
    /// <param name="limit">
    /// Ids in all; where both do not fit, the longer is cut at its end down to the length of the shorter, then both in turn. Null for no
    /// limit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Not even the frame fits.</exception>
    public PairEncoding EncodePair(string first, string second, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (a, b, room) = (Ids(first), Ids(second), Room(parts.Frame.Pair, limit));
        if (a.Count + b.Count > room)
        {
            // What both get where both are long; the odd place is the longer one's.
            var (half, rest) = (room / 2, room - room / 2);
            var shorter = Math.Min(a.Count, b.Count);
            var (least, most) = shorter <= half ? (shorter, room - shorter) : (half, rest);
            (a, b) = a.Count > b.Count ? (a[..most], b[..least]) : (a[..least], b[..most]);
        }
        return Framed(parts.Frame.Pair, [a, b]);
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        var tokens = new List<string>(ids.Length);
        foreach (var id in ids)
        {
            if (id < 0) throw new ArgumentOutOfRangeException(nameof(ids), id, $"Expected ids in 0 … {VocabularySize - 1}.");
            if (TokenOf(id) is { } token && !(skipSpecialTokens && specialContents.Contains(token))) tokens.Add(token);
        }
        if (parts.Decoder is null) return string.Join(' ', tokens);
        if (tokens.Count > 0) parts.Decoder.Decode(tokens);
        return string.Concat(tokens);
    }

    /// <inheritdoc/>
    public int IdOf(string special) =>
        specialContents.Contains(special) ? parts.Added.Last(token => token.Content == special).Id : throw new ArgumentException(
            $"'{special}' is no special token of this tokenizer; it has "
            + (SpecialTokens.IsEmpty ? "none." : $"{string.Join(", ", SpecialTokens.Take(20))}{(SpecialTokens.Length > 20 ? ", …" : ".")}"),
            nameof(special));

    /// <inheritdoc/>
    public bool IsSpecial(int id) => addedById.TryGetValue(id, out var token) && token.Special;

    /// <inheritdoc/>
    public void Save(string path) => save(path);

    private List<int> Ids(string text)
    {
        var ids = new List<int>(text.Length / 3 + 4);
        Append(WellFormed.Of(text), parseSpecialTokens: false, ids);
        return ids;
    }

    private static int Room(ImmutableArray<FramePart> frame, int? limit) =>
        limit is not { } all ? int.MaxValue
        : all - frame.Sum(part => part.Ids.Length) is >= 0 and var room ? room
        : throw new ArgumentOutOfRangeException(nameof(limit), all, $"The frame alone has {frame.Sum(part => part.Ids.Length)} tokens.");

    private static PairEncoding Framed(ImmutableArray<FramePart> frame, List<int>[] texts)
    {
        var (ids, types) = (new List<int>(), new List<int>());
        foreach (var part in frame)
        {
            ids.AddRange(part.Text is { } which ? texts[which] : [.. part.Ids]);
            while (types.Count < ids.Count) types.Add(part.TypeId);
        }
        return new([.. ids], [.. types]);
    }

    private string? TokenOf(int id) => decodedForms.TryGetValue(id, out var form) ? form : vocabulary[id];

    /// <summary>How an added token stands in normalized text, where it is looked for and to which it decodes.</summary>
    private string FormOf(AddedToken token) =>
        token.Normalized && parts.Normalizer is { } normalizer ? normalizer.Normalize(token.Content) : token.Content;

    private void Append(string text, bool parseSpecialTokens, List<int> ids)
    {
        var from = 0;
        foreach (var (start, end, token) in raw?.Find(text, parseSpecialTokens) ?? [])
        {
            AppendPlain(text[from..start], from == 0, parseSpecialTokens, ids);
            ids.Add(token.Id);
            from = end;
        }
        AppendPlain(text[from..], from == 0, parseSpecialTokens, ids);
    }

    private void AppendPlain(string text, bool atStart, bool parseSpecialTokens, List<int> ids)
    {
        if (text.Length == 0) return;
        text = parts.Normalizer?.Normalize(text) ?? text;
        var whole = new Piece(text.AsMemory(), atStart);
        var from = 0;
        foreach (var (start, end, token) in normalized?.Find(text, parseSpecialTokens) ?? [])
        {
            AppendWords(whole[from, start], ids);
            ids.Add(token.Id);
            from = end;
        }
        AppendWords(whole[from, text.Length], ids);
    }

    private void AppendWords(Piece piece, List<int> ids)
    {
        if (piece.Text.Length == 0) return;
        if (parts.PreTokenizer is null)
        {
            model.Append(piece.Text.Span, ids);
            return;
        }
        var words = new List<Piece>(piece.Text.Length / 4 + 1);
        parts.PreTokenizer.Split(piece, words);
        foreach (var word in words) model.Append(word.Text.Span, ids);
    }

    private static AddedTokenFinder? Finder(IEnumerable<(string Form, AddedToken Token)> tokens) =>
        tokens.Where(entry => entry.Form.Length > 0).ToList() is { Count: > 0 } some ? new(some) : null;
}
