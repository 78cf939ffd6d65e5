namespace Unlearn.Dialogues.Evaluating;

/// <summary>How a <see cref="TrainedEvaluator"/> is trained.</summary>
/// <param name="Steps">Updates of each classifier.</param>
/// <param name="Seed">Decides weights, batches, and which labels are wrong.</param>
/// <param name="LabelNoise">Share of labels that are replaced by another kind's before training, 0 … 1: labellers err.</param>
public sealed record EvaluatorOptions(int Steps = 300, long Seed = 0, double LabelNoise = 0);

/// <summary>An exchange that somebody labelled.</summary>
/// <param name="Exchange">What was labelled.</param>
/// <param name="Kind">The label.</param>
/// <param name="Key">What it is about; evaluators are never trained on keys that they are measured on.</param>
public sealed record LabelledExchange(Exchange Exchange, DialogueKind Kind, string Key);
