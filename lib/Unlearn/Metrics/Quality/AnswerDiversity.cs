namespace Unlearn.Metrics.Quality;

/// <summary>How much several answers to the same question differ.</summary>
/// <remarks>
/// <code>
///   pairwise ROUGE-L   mean over questions of mean over pairs of F1(a, b)
///   distinct-n         mean over questions of |distinct n-grams| / |n-grams| of all its answers
///   duplicates         share of answers that repeat an earlier one to the same question
/// </code>
/// <para>
/// All 0 … 1. Words are lower-case runs of a–z and 0–9, not stemmed. The authors' five alternates have a pairwise ROUGE-L of 0.41 to
/// 0.45. A model that always says the same has 1, and so do two answers without any word; distinct-n of a question without n-grams is 0.
/// </para>
/// <para>Distinct-n: Li, Galley, Brockett, Gao, Dolan, 2016. <see href="https://arxiv.org/abs/1510.03055"/></para>
/// </remarks>
/// <param name="PairwiseRougeL">F1 between answers; low is diverse.</param>
/// <param name="Distinct1">Distinct words; high is diverse.</param>
/// <param name="Distinct2">Distinct pairs of neighbouring words; high is diverse.</param>
/// <param name="Duplicates">Repeated answers; word for word but for blanks around them.</param>
/// <param name="Answers">All answers.</param>
public sealed record AnswerDiversity(
    Measurement PairwiseRougeL, Measurement Distinct1, Measurement Distinct2, double Duplicates, int Answers)
{
    /// <summary>Measures repeated answers.</summary>
    /// <param name="repeats">For each question its answers, at least two.</param>
    /// <exception cref="ArgumentException">There is no question, or one has fewer than two answers.</exception>
    public static AnswerDiversity Of(IReadOnlyList<IReadOnlyList<string>> repeats)
    {
        ArgumentNullException.ThrowIfNull(repeats);
        foreach (var (index, answers) in repeats.Index())
        {
            if (answers.Count >= 2) continue;
            throw new ArgumentException($"Question {index} has {answers.Count} answers; diversity needs at least 2.", nameof(repeats));
        }
        List<string>[][] words = [.. repeats.Select(answers => answers.Select(answer => RougeTokens.Of(answer, stem: false)).ToArray())];
        var count = repeats.Sum(answers => answers.Count);
        var distinct = repeats.Sum(answers => answers.Select(answer => answer.Trim()).Distinct(StringComparer.Ordinal).Count());
        return new(
            Measurement.Mean("Pairwise ROUGE-L", words.Select(Likeness)),
            Measurement.Mean("Distinct-1", words.Select(answers => Distinct(answers, 1))),
            Measurement.Mean("Distinct-2", words.Select(answers => Distinct(answers, 2))),
            (double)(count - distinct) / count, count);
    }

    private static double Likeness(List<string>[] answers)
    {
        var (sum, pairs) = (0.0, 0);
        for (var a = 0; a < answers.Length; a++)
        {
            for (var b = a + 1; b < answers.Length; b++, pairs++)
                sum += answers[a].Count + answers[b].Count == 0 ? 1 : RougeL.Score(answers[a], answers[b]).F1;
        }
        return sum / pairs;
    }

    private static double Distinct(List<string>[] answers, int n)
    {
        string[] grams =
        [
            .. answers.SelectMany(words => Enumerable.Range(0, Math.Max(0, words.Count - n + 1))
                .Select(i => string.Join(' ', words[i..(i + n)]))),
        ];
        return grams.Length == 0 ? 0 : (double)grams.Distinct(StringComparer.Ordinal).Count() / grams.Length;
    }
}
