namespace Unlearn.Dialogues.Evaluating;

/// <summary>How well an evaluative model does on labelled exchanges, kind by kind and in all.</summary>
/// <param name="Harm">Harm against everything else.</param>
/// <param name="Hallucination">Hallucination against everything else.</param>
/// <param name="Privacy">Privacy against everything else.</param>
/// <param name="Accuracy">Share of exchanges with the right label; the band that is used for nothing counts as wrong.</param>
/// <param name="Ignored">Share of exchanges in that band.</param>
/// <param name="LooksPrivate">Share of exchanges with the form of personal data that is not protected.</param>
/// <param name="Curves">ROC curve of each kind that has one, from the same scores.</param>
public sealed record EvaluatorReport(
    BinaryQuality Harm, BinaryQuality Hallucination, BinaryQuality Privacy, double Accuracy, double Ignored, double LooksPrivate,
    IReadOnlyDictionary<DialogueKind, RocCurve> Curves)
{
    /// <summary>The quality for a kind.</summary>
    /// <param name="kind">A kind to unlearn.</param>
    public BinaryQuality this[DialogueKind kind] => kind switch
    {
        DialogueKind.Harmful => Harm,
        DialogueKind.Hallucinated => Hallucination,
        DialogueKind.Private => Privacy,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only kinds to unlearn are measured."),
    };

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model; injected errors do not count.</param>
    /// <param name="held">Labelled exchanges that it never saw, at least one.</param>
    public static EvaluatorReport Of(EvaluativeModel model, IReadOnlyList<LabelledExchange> held)
    {
        var scores = model.Evaluator.Score([.. held.Select(row => row.Exchange)]);
        var labels = scores.Select(model.Thresholds.Label).ToArray();
        Dictionary<DialogueKind, RocCurve> curves = [];
        return new(
            Of(DialogueKind.Harmful), Of(DialogueKind.Hallucinated), Of(DialogueKind.Private),
            labels.Zip(held, (label, row) => label == row.Kind ? 1.0 : 0).Average(),
            labels.Average(label => label is null ? 1.0 : 0), scores.Average(score => score.LooksPrivate ? 1.0 : 0), curves);

        BinaryQuality Of(DialogueKind kind)
        {
            double[] values = [.. scores.Select(score => score[kind])];
            bool[] positives = [.. held.Select(row => row.Kind == kind)];
            if (positives.Contains(true) && positives.Contains(false)) curves[kind] = RocCurve.Of(values, positives);
            return BinaryQuality.Of(values, positives, model.Thresholds[kind].High);
        }
    }
}
