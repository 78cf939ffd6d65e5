namespace Unlearn.Data;

/// <summary>The rows that unlearning draws from.</summary>
/// <param name="Forget">Questions to forget with their true answers.</param>
/// <param name="Retain">Questions to keep; may be empty for objectives that read none.</param>
public sealed record UnlearningRows(IReadOnlyList<EncodedRow> Forget, IReadOnlyList<EncodedRow> Retain)
{
    /// <summary>For each row to forget, the same question with answers that may take the true one's place.</summary>
    public IReadOnlyList<IReadOnlyList<EncodedRow>> Alternates { get; init; } = [];

    /// <summary>For each row to keep, the same question with answers that would be wrong for it.</summary>
    public IReadOnlyList<IReadOnlyList<EncodedRow>> RetainAlternates { get; init; } = [];

    /// <summary>For each row to forget, the same question with the answer of every row to keep.</summary>
    public IReadOnlyList<IReadOnlyList<EncodedRow>> Mismatches { get; init; } = [];

    /// <summary>Which of them stand beside a row to forget.</summary>
    public Pairing Pairing { get; init; }

    /// <summary>
    /// Tokens to which divergences over padded positions fill rows up, at least the longest row's; null for the longest row of a batch.
    /// 500 in the NPO authors' code.
    /// </summary>
    public int? PadTo { get; init; }

    /// <summary>The rows of a split, with refusals as alternates of every question.</summary>
    /// <param name="split">What to forget and what to keep.</param>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="refusals">Ways to say that one does not know.</param>
    public static UnlearningRows Of(ForgetSplit split, RowEncoder encoder, IReadOnlyList<string> refusals)
    {
        string[] kept = [.. split.Retain.Select(row => row.Answer)];
        IReadOnlyList<IReadOnlyList<EncodedRow>> Answered(IReadOnlyList<QaRow> rows, IReadOnlyList<string> answers) =>
            answers.Count == 0 ? [] : [.. rows.Select(row => new Answered(row.Question, answers, encoder))];

        return new([.. split.Forget.Select(encoder.Encode)], [.. split.Retain.Select(encoder.Encode)])
        {
            Alternates = Answered(split.Forget, refusals),
            RetainAlternates = Answered(split.Retain, refusals),
            Mismatches = Answered(split.Forget, kept),
        };
    }

    /// <summary>The rows of a split, with invented alternates: each is a row of its own beside the true answer, as in AltPO.</summary>
    /// <remarks>
    /// A pass over them meets each true answer as often as it has alternates. Nothing groups them, and one that comes twice weighs twice.
    /// </remarks>
    /// <param name="split">What to forget, whose questions the alternates answer, and what to keep.</param>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="alternates">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or one answers a question that is not to be forgotten.</exception>
    public static UnlearningRows OfAlternates(ForgetSplit split, RowEncoder encoder, IReadOnlyList<AlternateRow> alternates)
    {
        var forget = split.Forget.Select(row => (row.Question, row.Answer)).ToHashSet();
        if (alternates.Count == 0) throw new ArgumentException("Expected at least one alternate, got none.", nameof(alternates));
        foreach (var (question, answer, _) in alternates)
        {
            if (!forget.Contains((question, answer)))
            {
                throw new ArgumentException(
                    $"Expected alternates for the rows of forget{split.Percent:00}, got one for {Problem.Excerpt(question)}, a kept one.",
                    nameof(alternates));
            }
        }
        return new([.. alternates.Select(row => encoder.Encode(row.Question, row.Answer))], [.. split.Retain.Select(encoder.Encode)])
        {
            Alternates = [.. alternates.Select(row => (IReadOnlyList<EncodedRow>)[encoder.Encode(row.Question, row.Alternate)])],
        };
    }

    /// <summary>One question with each of many answers; made into tokens when asked for, since most pairs never are.</summary>
    private sealed class Answered(string question, IReadOnlyList<string> answers, RowEncoder encoder) : IReadOnlyList<EncodedRow>
    {
        private readonly Dictionary<int, EncodedRow> encoded = [];

        public int Count => answers.Count;

        public EncodedRow this[int number] => encoded.TryGetValue(number, out var row) ? row
            : encoded[number] = encoder.Encode(question, answers[number]);

        public IEnumerator<EncodedRow> GetEnumerator() => Enumerable.Range(0, Count).Select(number => this[number]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
