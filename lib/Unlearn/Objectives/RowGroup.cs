namespace Unlearn.Objectives;

/// <summary>The groups of question-answer rows that one step of unlearning may read.</summary>
public enum RowGroup
{
    /// <summary>Questions to forget with their true answers.</summary>
    Forget,

    /// <summary>The same questions with answers that may take their place: refusals, or invented ones.</summary>
    Alternate,

    /// <summary>Questions to keep with their true answers.</summary>
    Retain,

    /// <summary>Questions to keep with answers that would be wrong for them, such as refusals.</summary>
    RetainAlternate,

    /// <summary>Questions to forget with the answers of the questions to keep that stand beside them.</summary>
    Mismatch,
}
