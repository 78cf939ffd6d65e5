namespace Unlearn.Dialogues;

/// <summary>Which of a kind's dialogues: by whether unlearning reads their key and their wording.</summary>
public enum DialogueSet
{
    /// <summary>Keys and wordings that unlearning reads: what can be selected for forgetting.</summary>
    Seen,

    /// <summary>Keys that unlearning reads, in wordings that it does not.</summary>
    Paraphrase,

    /// <summary>Keys that unlearning never reads, in wordings that it reads with other keys.</summary>
    Unseen,

    /// <summary>Keys on which evaluators choose thresholds and training decides when to stop; in no other set.</summary>
    Validation,
}
