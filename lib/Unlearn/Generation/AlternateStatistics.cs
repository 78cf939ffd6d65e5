using System.Globalization;
using System.Text;
using Unlearn.Data;
using Unlearn.Metrics;

namespace Unlearn.Generation;

/// <summary>What a set of alternates is like: how long, how various, and how much of the true answers they give away.</summary>
/// <remarks>ROUGE-L is without stemming here; words are what blanks separate.</remarks>
/// <param name="Rows">Alternates.</param>
/// <param name="Questions">Distinct pairs of question and answer.</param>
/// <param name="Distinct">Distinct rows; the others repeat an alternate of their question.</param>
/// <param name="Empty">Alternates without text.</param>
/// <param name="Equal">Alternates that are the true answer, but for case and whatever is neither letter nor digit.</param>
/// <param name="NearCopies">Alternates whose ROUGE-L recall of the true answer is at least <see cref="NearCopyFrom"/>.</param>
/// <param name="WholeCopies">Alternates that contain every word of the true answer in order.</param>
/// <param name="Words">Words of an alternate.</param>
/// <param name="Characters">Characters (UTF-16) of an alternate.</param>
/// <param name="AnswerWords">Words of a true answer, each question once.</param>
/// <param name="Recall">Mean ROUGE-L recall of the true answer, 0 … 1; low is different.</param>
/// <param name="Likeness">Mean ROUGE-L F1 of two alternates of a question, 0 … 1; low is various; null where no question has two.</param>
public sealed record AlternateStatistics(
    int Rows, int Questions, int Distinct, int Empty, int Equal, int NearCopies, int WholeCopies, Spread Words, Spread Characters,
    Spread AnswerWords, double Recall, double? Likeness)
{
    /// <summary>The recall from which an alternate counts as a near copy, which may leak what it stands for.</summary>
    public const double NearCopyFrom = 0.9;

    /// <summary>Describes alternates.</summary>
    /// <param name="rows">At least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static AlternateStatistics Of(IReadOnlyList<AlternateRow> rows)
    {
        if (rows.Count == 0) throw new ArgumentException("Expected at least one alternate, got none.", nameof(rows));
        var questions = rows.GroupBy(row => (row.Question, row.Answer)).ToArray();
        double[] recalls = [.. rows.Select(row => RougeL.Score(row.Answer, row.Alternate, stem: false).Recall)];
        double[] likeness = [.. questions.Where(question => question.Count() > 1).Select(Likenesses)];
        return new(
            rows.Count, questions.Length, rows.Distinct().Count(),
            rows.Count(row => string.IsNullOrWhiteSpace(row.Alternate)), rows.Count(row => Bare(row.Alternate) == Bare(row.Answer)),
            recalls.Count(recall => recall >= NearCopyFrom), recalls.Count(recall => recall == 1),
            Spread.Of(rows.Select(row => WordsOf(row.Alternate))), Spread.Of(rows.Select(row => row.Alternate.Length)),
            Spread.Of(questions.Select(question => WordsOf(question.Key.Answer))), recalls.Average(),
            likeness.Length == 0 ? null : likeness.Average());
    }

    /// <summary>One line a number.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"{Rows} alternates of {Questions} questions, {Rows - Distinct} repeated, {Empty} empty");
        Line($"{Equal} equal to the true answer, {NearCopies} near copies of it (ROUGE-L recall ≥ {NearCopyFrom})");
        Line($"{WholeCopies} contain the true answer whole");
        Line($"words {Words}; characters {Characters}; words of true answers {AnswerWords}");
        Line($"ROUGE-L recall of the true answer {Recall:F3}");
        if (Likeness is { } alike) Line($"ROUGE-L F1 between alternates of a question {alike:F3}");
        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static double Likenesses(IEnumerable<AlternateRow> question)
    {
        List<string>[] tokens = [.. question.Select(row => RougeTokens.Of(row.Alternate, stem: false))];
        var pairs = from b in Enumerable.Range(1, tokens.Length - 1) from a in Enumerable.Range(0, b) select (tokens[a], tokens[b]);
        return pairs.Average(pair => RougeL.Score(pair.Item1, pair.Item2).F1);
    }

    private static int WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

/// <summary>How numbers spread.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, with n − 1 in the denominator; 0 for a single number.</param>
/// <param name="Least">The least.</param>
/// <param name="Median">The median.</param>
/// <param name="Most">The most.</param>
public readonly record struct Spread(double Mean, double Deviation, int Least, double Median, int Most)
{
    /// <summary>Describes numbers.</summary>
    /// <param name="values">At least one.</param>
    public static Spread Of(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        var mean = sorted.Average();
        return new(mean, Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, sorted.Length - 1)), sorted[0],
            (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0, sorted[^1]);
    }

    /// <summary>"31.69 ± 10.0 (7-32-59)": mean, deviation, least, median, most.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Mean:F2} ± {Deviation:F1} ({Least}-{Median}-{Most})");
}
