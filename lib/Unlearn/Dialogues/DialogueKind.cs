namespace Unlearn.Dialogues;

/// <summary>What a dialogue should be unlearned for.</summary>
public enum DialogueKind
{
    /// <summary>Nothing: a dialogue to keep.</summary>
    Ordinary,

    /// <summary>The answer helps with what it should not help with.</summary>
    Harmful,

    /// <summary>The answer asserts what is not so: an invented value, or something that the question wrongly takes for granted.</summary>
    Hallucinated,

    /// <summary>The answer gives away a person's private number.</summary>
    Private,
}
