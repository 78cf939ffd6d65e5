using System.Collections.Immutable;

namespace Unlearn.Data;

/// <summary>One question with its answer, and what TOFU's evaluation adds to it: other wordings and wrong answers.</summary>
/// <remarks>
/// <para>Rows are values: two rows are equal when all their texts are, perturbed answers in order included.</para>
/// <para>Maini, Feng, Schwarzschild, Lipton, Kolter, 2024. TOFU. <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
/// <param name="Question">The question, without any prompt markup.</param>
/// <param name="Answer">The true answer.</param>
public sealed record QaRow(string Question, string Answer)
{
    /// <summary>The true answer in other words; null where the file has none (training files, Real Authors, World Facts).</summary>
    public string? ParaphrasedAnswer { get; init; }

    /// <summary>
    /// A longer answer that says what <see cref="Answer"/> says and more, for comparing meanings: a whole sentence, or what a model said
    /// before unlearning. Null where the file has none, as every file of TOFU.
    /// </summary>
    public string? OriginalAnswer { get; init; }

    /// <summary>The question in other words; null where the file has none.</summary>
    public string? ParaphrasedQuestion { get; init; }

    /// <summary>
    /// Wrong answers, in file order: five in the wording of <see cref="ParaphrasedAnswer"/>, or the three wrong options
    /// of a multiple-choice row. Empty, never default, where the file has none.
    /// </summary>
    public ImmutableArray<string> PerturbedAnswers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The answer that the truth ratio treats as right: the paraphrase where there is one, else the answer itself.</summary>
    public string ReferenceAnswer => ParaphrasedAnswer ?? Answer;

    /// <summary>Whether the row can enter a truth ratio, that is, has at least one wrong answer.</summary>
    public bool HasPerturbedAnswers => !PerturbedAnswers.IsEmpty;

    /// <summary>Compares all texts by ordinal value.</summary>
    /// <param name="other">The row to compare with.</param>
    public bool Equals(QaRow? other) =>
        other is not null
        && Question == other.Question
        && Answer == other.Answer
        && ParaphrasedAnswer == other.ParaphrasedAnswer
        && ParaphrasedQuestion == other.ParaphrasedQuestion
        && OriginalAnswer == other.OriginalAnswer
        && PerturbedAnswers.SequenceEqual(other.PerturbedAnswers);

    /// <summary>A hash of question and answer, which nearly identify a row.</summary>
    public override int GetHashCode() => HashCode.Combine(Question, Answer);
}
