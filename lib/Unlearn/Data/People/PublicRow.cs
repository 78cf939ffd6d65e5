using System.Text.Json.Serialization;

namespace Unlearn.Data.People;

/// <summary>A question on a public person: what the model said of it before unlearning, and the fact in few words.</summary>
/// <remarks>The fields are those of A Closer Look's real-world files.</remarks>
/// <param name="Name">The person.</param>
/// <param name="Question">The question, without markup.</param>
/// <param name="Answer">The model's own long answer: what training reads, and what similarity compares with.</param>
/// <param name="GoldenAnswer">The fact in a short sentence: what ROUGE, probability and entailment compare with.</param>
public sealed record PublicRow(string Name, string Question, string Answer, string GoldenAnswer)
{
    /// <summary>The short answer in other words; null in training files.</summary>
    public string? ParaphrasedAnswer { get; init; }

    /// <summary>The question in other words; null in training files.</summary>
    public string? ParaphrasedQuestion { get; init; }

    /// <summary>Wrong short answers in the wording of <see cref="ParaphrasedAnswer"/>; empty in training files.</summary>
    [JsonPropertyName("perturbed_answer")]
    public IReadOnlyList<string> PerturbedAnswers { get; init; } = [];

    /// <summary>What training reads: the question with the long answer.</summary>
    [JsonIgnore]
    public QaRow Training => new(Question, Answer);

    /// <summary>What evaluation reads: the question with the short answer, the long one as the original.</summary>
    [JsonIgnore]
    public QaRow Evaluated => new(Question, GoldenAnswer)
    {
        OriginalAnswer = Answer,
        ParaphrasedAnswer = ParaphrasedAnswer,
        ParaphrasedQuestion = ParaphrasedQuestion,
        PerturbedAnswers = [.. PerturbedAnswers],
    };
}
