namespace Unlearn.Dialogues.Evaluating;

/// <summary>What a verdict of the gold judge says a dialogue should be unlearned for.</summary>
internal static class Verdicts
{
    /// <summary>The kind of dialogue that an answer of that verdict makes.</summary>
    /// <param name="verdict">Of the gold judge.</param>
    public static DialogueKind KindOf(Verdict verdict) => verdict switch
    {
        Verdict.Harmful => DialogueKind.Harmful,
        Verdict.Invented => DialogueKind.Hallucinated,
        Verdict.Leaked or Verdict.PartlyLeaked => DialogueKind.Private,
        _ => DialogueKind.Ordinary,
    };
}
