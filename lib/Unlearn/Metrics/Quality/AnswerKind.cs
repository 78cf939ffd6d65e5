namespace Unlearn.Metrics.Quality;

/// <summary>What an answer is, seen from its question.</summary>
public enum AnswerKind
{
    /// <summary>It states what is true.</summary>
    TrueFact,

    /// <summary>It states something else of the right kind, which nothing in the question contradicts: a plausible wrong answer.</summary>
    OtherFact,

    /// <summary>It says that the answer is not known, in one of the ways that the corpus has for it.</summary>
    Refusal,

    /// <summary>A sentence, but of another person, another matter, or against a detail of the question.</summary>
    OffTopic,

    /// <summary>No sentence that anybody in the corpus would say.</summary>
    Garbled,

    /// <summary>The judge cannot tell true from plausible; only its verdict on consistency counts.</summary>
    Unspecified,
}
