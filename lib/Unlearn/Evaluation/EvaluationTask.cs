using System.Collections.Immutable;

namespace Unlearn.Evaluation;

/// <summary>One of TOFU's four evaluations: its rows' part in the experiment decides which form of the metrics applies.</summary>
/// <param name="Name">The set's name in tables.</param>
/// <param name="LogName">Its key in <c>eval_log_aggregated.json</c> and the name of its own log file.</param>
/// <param name="ToForget">Whether a low memory of these rows is what is wanted.</param>
/// <param name="MultipleChoice">Whether probability is taken relative to the wrong answers, as for Real Authors and World Facts.</param>
public sealed record EvaluationTask(string Name, string LogName, bool ToForget = false, bool MultipleChoice = false)
{
    /// <summary>Whether the truth should follow from the generated answer, as on forget sets, or the answer from the truth.</summary>
    public bool AnswerIsPremise { get; init; } = ToForget;

    /// <summary>What should be forgotten.</summary>
    public static EvaluationTask Forget { get; } = new("forget", "eval_log_forget.json", ToForget: true);

    /// <summary>What was learned beside it.</summary>
    public static EvaluationTask Retain { get; } = new("retain", "eval_log.json");

    /// <summary>Well-known authors.</summary>
    public static EvaluationTask RealAuthors { get; } = new("real authors", "eval_real_author_wo_options.json", MultipleChoice: true);

    /// <summary>The world at large.</summary>
    public static EvaluationTask WorldFacts { get; } = new("world facts", "eval_real_world_wo_options.json", MultipleChoice: true);

    /// <summary>Public people to be forgotten, on their short answers.</summary>
    public static EvaluationTask PublicForget { get; } = new("people to forget", "eval_log_people_forget.json", ToForget: true);

    /// <summary>Public people near them, others than those that unlearning kept, on their short answers.</summary>
    public static EvaluationTask Neighbors { get; } = new("neighbours", "eval_log_people_neighbor.json") { AnswerIsPremise = true };

    /// <summary>The two of A Closer Look's real-world scenario.</summary>
    public static ImmutableArray<EvaluationTask> RealWorld { get; } = [Neighbors, PublicForget];

    /// <summary>All four, in the order in which TOFU's logs have them.</summary>
    public static ImmutableArray<EvaluationTask> All { get; } = [Retain, RealAuthors, WorldFacts, Forget];

    /// <summary>Every one that a log may have, in the order in which logs have them.</summary>
    public static ImmutableArray<EvaluationTask> Logged { get; } = [.. All, .. RealWorld];

    /// <summary>The three whose nine numbers make the model utility.</summary>
    public static ImmutableArray<EvaluationTask> Utility { get; } = [Retain, RealAuthors, WorldFacts];
}
