using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>A sequence of unlearning, by everything that decides its numbers but the model that it begins with.</summary>
/// <param name="ForgetPercent">The size of a task: 1, 5 or 10 percent.</param>
/// <param name="Method">One of <see cref="CloserLookPaper"/>'s names.</param>
/// <param name="Plan">The updates of every task; each begins with a new optimizer and schedule.</param>
public sealed record ContinualSpec(int ForgetPercent, string Method, TrainingPlan Plan)
{
    /// <summary>Weights and switches.</summary>
    public CloserLookOptions Options { get; init; } = new();

    /// <summary>What π_ref is in tasks after the first; read by NPO, DPO and KL.</summary>
    public ReferenceModel Reference { get; init; }

    /// <summary>Whether rows of later tasks are kept meanwhile, as the authors have it.</summary>
    public bool FutureInRetain { get; init; } = true;

    /// <summary>Which retain rows and refusals stand beside the rows to forget.</summary>
    public Pairing Pairing { get; init; } = Pairing.CloserLook;

    /// <summary>Tokens to which rows are filled up where a term looks at padding; null for the longest of a batch.</summary>
    public int? PadTo { get; init; }

    /// <summary>Most rows of a set in an evaluation.</summary>
    public int EvaluationRows { get; init; } = Evaluation.EvaluationSet.TofuLimit;

    /// <summary>How many tasks are done; null for all.</summary>
    public int? Tasks { get; init; }

    /// <summary>The authors' numbers: continual preset, moving reference.</summary>
    /// <param name="corpus">Gives the number of rows.</param>
    /// <param name="percent">The size of a task: 1, 5 or 10.</param>
    /// <param name="method">One of <see cref="CloserLookPaper"/>'s names.</param>
    public static ContinualSpec Paper(Corpus corpus, int percent, string method)
    {
        var preset = CloserLookPreset.For(CloserLookScenario.Continual, method);
        return new(percent, preset.Method, preset.Plan(ContinualTasks.Rows(percent, corpus.Full.Count)[0].Count))
        {
            Options = preset.Options,
            PadTo = preset.PadTo,
        };
    }
}

/// <summary>The reference model of a sequence.</summary>
public enum ReferenceModel
{
    /// <summary>The model with which a task begins, which has unlearned all earlier ones: what the authors' scripts do.</summary>
    PreviousTask,

    /// <summary>The model before the first task, for all tasks (<c>fix_ref_model</c>).</summary>
    Initial,
}
