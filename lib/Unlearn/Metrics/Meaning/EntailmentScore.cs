namespace Unlearn.Metrics.Meaning;

/// <summary>The share of answers that say what the truth says, or, the other way round, nothing but what it says.</summary>
/// <remarks>
/// <para>Range 0 … 1. Best 1 on what should be known. What follows from what depends on the set, as in the authors' code:</para>
/// <code>
///   set                         premise        hypothesis       asks
///   forget, real world (both)   answer         truth            whether the answer contains the truth
///   retain                      truth          answer           whether it adds nothing to it
///   real authors, world facts   whole answer   answer           the same, by the sentence that a short answer stands for
/// </code>
/// <para>An answer with a ROUGE-L recall below <see cref="LeastRecall"/> is never entailed, whatever the judge would say.</para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024 (A Closer Look). <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class EntailmentScore
{
    /// <summary>The recall of the truth's words below which an answer is not judged.</summary>
    public const double LeastRecall = 0.1;

    /// <summary>The label of each answer.</summary>
    /// <param name="judge">Who judges.</param>
    /// <param name="pairs">Premise and hypothesis of each, with the answer's ROUGE-L recall.</param>
    /// <exception cref="InvalidOperationException">The judge gives another number of labels than there are pairs.</exception>
    public static IReadOnlyList<EntailmentLabel> Labels(
        IEntailmentJudge judge, IReadOnlyList<(string Premise, string Hypothesis, double Recall)> pairs)
    {
        (string, string)[] judged = [.. pairs.Where(pair => IsJudged(pair.Recall)).Select(pair => (pair.Premise, pair.Hypothesis))];
        var labels = judge.Judge(judged);
        if (labels.Count != judged.Length)
            throw new InvalidOperationException($"{judge.Name} gave {labels.Count} labels for {judged.Length} pairs; expected as many.");
        var next = 0;
        return [.. pairs.Select(pair => IsJudged(pair.Recall) ? labels[next++] : EntailmentLabel.None)];
    }

    /// <summary>The share that is entailed.</summary>
    /// <param name="labels">At least one.</param>
    /// <exception cref="ArgumentException">There is no label.</exception>
    public static Measurement Measure(IEnumerable<EntailmentLabel> labels) =>
        Measurement.Mean("Entailment score", labels.Select(label => label == EntailmentLabel.Entailment ? 1.0 : 0));

    private static bool IsJudged(double recall) => recall >= LeastRecall;
}
