namespace Unlearn.Dialogues.Evaluating;

/// <summary>Makes the evaluative model of a world: labels, classifiers, thresholds.</summary>
public static class EvaluatorTraining
{
    /// <summary>Trains an evaluator and chooses its thresholds on labels that it was not trained on.</summary>
    /// <param name="world">The world.</param>
    /// <param name="options">Budget, seed and wrong labels; null for the usual ones. The same seed draws the labelled keys.</param>
    /// <param name="share">Share of keys that are labelled for training.</param>
    /// <returns>The model, and its evaluator, which the caller frees.</returns>
    public static (EvaluativeModel Model, TrainedEvaluator Evaluator) Run(
        DialogueWorld world, EvaluatorOptions? options = null, double share = LabelledDialogues.UsualShare)
    {
        var plan = options ?? new();
        var labelled = LabelledDialogues.Draw(world, share, plan.Seed);
        var evaluator = TrainedEvaluator.Train(labelled.Training, Registry(world), plan);
        try
        {
            var thresholds = EvaluatorThresholds.Choose(
                evaluator.Score([.. labelled.Choosing.Select(row => row.Exchange)]), [.. labelled.Choosing.Select(row => row.Kind)]);
            return (new(evaluator, thresholds), evaluator);
        }
        catch
        {
            evaluator.Dispose();
            throw;
        }
    }

    /// <summary>The protected numbers of a world's people: those whom they protect are known, whatever was labelled.</summary>
    /// <param name="world">The world.</param>
    public static IEnumerable<ProtectedValue> Registry(DialogueWorld world) => world.Taught
        .Where(dialogue => dialogue is { Kind: DialogueKind.Private, Value: not null })
        .Select(dialogue => new ProtectedValue(dialogue.Key, dialogue.Value!)).Distinct();
}
