using System.Diagnostics;
using Unlearn.Data;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;

namespace Unlearn.Dialogues.Experiments;

/// <summary>Runs one method on dialogues: selects, unlearns under checks, measures, attacks.</summary>
public static class DialogueTrial
{
    /// <summary>Unlearns a copy of the base model, or measures a reference.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="models">Gives the trained models.</param>
    /// <param name="tell">Told of progress.</param>
    /// <returns>The measurements; those of the model as it was last where the loss stops being finite.</returns>
    public static DialogueResult Run(DialogueSpec spec, ModelStore models, Action<string>? tell = null)
    {
        var clock = Stopwatch.StartNew();
        var scale = spec.Scale;
        if (!spec.IsReference) scale.RequireFit(spec.Adapters, tell);
        using var original = models.Obtain(scale, DialogueModel.Base, tell);
        var measure = new DialogueMeasurement(scale, original);
        if (spec.Model != DialogueModel.Base)
        {
            using var reference = models.Obtain(scale, spec.Model, tell);
            return Reference(spec, measure, reference, original, clock);
        }
        if (spec.IsReference) return Reference(spec, measure, original, original, clock);

        var (judge, evaluator) = EvaluatorOf(spec, scale);
        using var _ = evaluator as IDisposable;
        var selection = Select(spec, scale, judge, original);
        using var model = original.Model.Copy();
        var watch = new DialogueWatch(scale, measure, judge, model, selection.Unlearn);
        var (stop, cost, failure) = Unlearn(spec, model, original.Encoder, selection, watch, tell);

        tell?.Invoke($"{spec}: measuring");
        var (kinds, attacks, utility, text, answers) = measure.Of(model);
        var attack = RelearningAttack.For(scale);
        RelearnPoint[] relearned = [.. KindScores.Kinds.SelectMany(kind => attack.Run(
            model, original.Encoder, kind, scale.World.Set(DialogueSet.Seen, kind), measure.BadRate, spec.Seed))];
        return new(spec, kinds, attacks, utility, text, relearned, watch.Points, cost, stop, selection.Quality, answers,
            Provenance.Of(scale.World.Sha256, original, null, clock.Elapsed), failure);
    }

    /// <summary>What an evaluator selects for a run: offline in a corpus, and in what the base model says itself.</summary>
    /// <param name="spec">Says how: by what evaluator, with which injected errors.</param>
    /// <param name="original">The base model.</param>
    public static DialogueSelection Select(DialogueSpec spec, StoredModel original)
    {
        var scale = spec.Scale;
        var (judge, evaluator) = EvaluatorOf(spec, scale);
        using var _ = evaluator as IDisposable;
        return Select(spec, scale, judge, original);
    }

    private static DialogueSelection Select(DialogueSpec spec, DialogueScale scale, EvaluativeModel judge, StoredModel original)
    {
        var world = scale.World;
        Dialogue[] seen = [.. KindScores.Kinds.SelectMany(kind => world.Set(DialogueSet.Seen, kind))];
        Dialogue[] asked =
        [
            .. seen.DistinctBy(dialogue => (dialogue.Key, dialogue.Topic)).Concat(world.NormalTrain.Take(seen.Length / 8))
                .Take(scale.Prompts),
        ];
        return DialogueSelection.Offline(judge, [.. seen, .. world.NormalTrain], world).Union(DialogueSelection.OnPolicy(
            judge, original.Model, original.Encoder, asked, world,
            new(Samples: 1, MaxNewTokens: scale.AnswerLimit, Seed: spec.Seed)));
    }

    private static (EvaluativeModel Model, IDialogueEvaluator Evaluator) EvaluatorOf(DialogueSpec spec, DialogueScale scale)
    {
        var errors = spec.FalsePositives > 0 || spec.Misses > 0 ? new EvaluatorErrors(spec.FalsePositives, spec.Misses, spec.Seed) : null;
        if (spec.Oracle)
        {
            var oracle = new OracleEvaluator(scale.World);
            return (new(oracle, EvaluatorThresholds.Half) { Errors = errors }, oracle);
        }
        var (model, evaluator) = EvaluatorTraining.Run(scale.World, new(Steps: scale.EvaluatorSteps, Seed: spec.Seed));
        return (new(evaluator, model.Thresholds) { Errors = errors }, evaluator);
    }

    private static (StopOutcome Stop, DialogueCost Cost, string? Failure) Unlearn(
        DialogueSpec spec, LanguageModel model, RowEncoder encoder, DialogueSelection selection, DialogueWatch watch, Action<string>? tell)
    {
        using var adapted = spec.Adapters is { } adapters ? new AdaptedModel(model, adapters) : null;
        using var directions = DirectionsOf(model, encoder);
        var rows = DialogueRows.Of(selection.Unlearn, selection.Normal, encoder, directions);
        var plan = spec.Plan;
        var run = new DialogueUnlearning(DialoguePaper.Method(spec.Method).Objective, rows, plan);
        Func<int, DialogueCheck>? check = plan.Stop is null ? null : watch.Check;
        var clock = Stopwatch.StartNew();
        var (steps, tokens, failure) = (0, 0L, (string?)null);
        if (check is null) watch.Check(0);
        try
        {
            var updates = adapted is null ? run.Run(model, check) : run.Run(adapted, check);
            foreach (var step in updates.Reporting(tell, spec.ToString()))
            {
                (steps, tokens) = (step.Step, tokens + step.Tokens);
                watch.Updated(step.Loss);
                if (check is not null || (step.Step % plan.EverySteps != 0 && step.Step != plan.Training.Steps)) continue;
                watch.Check(step.Step);
                model.train();
            }
        }
        catch (ArithmeticException error)
        {
            failure = error.Message;
        }
        adapted?.MergeAndDispose();          // a merged one takes its changes along when it is disposed
        var rule = run.Rule;
        var finished = KindScores.Kinds.Select(kind => rule?.Kinds.GetValueOrDefault(kind).FinishedAt);
        return (new(rule is null ? "all updates" : Reason(rule.Decision), rule?.BestStep ?? steps, [.. finished]),
            new(steps, tokens, clock.Elapsed.TotalSeconds), failure);
    }

    private static DialogueResult Reference(
        DialogueSpec spec, DialogueMeasurement measure, StoredModel model, StoredModel original, Stopwatch clock)
    {
        var (kinds, attacks, utility, text, answers) = measure.Of(model.Model);
        return new(spec, kinds, attacks, utility, text, [], [], new(0, 0, 0), null, null, answers,
            Provenance.Of(spec.Scale.World.Sha256, original, model, clock.Elapsed));
    }

    /// <summary>Directions of a model's tokens, without special ones, whichever its tokenizer has.</summary>
    internal static TokenDirections DirectionsOf(LanguageModel model, RowEncoder encoder) =>
        TokenDirections.Of(model, encoder.Tokenizer);

    private static string Reason(StopDecision decision) => decision switch
    {
        StopDecision.Finished => "every kind finished",
        StopDecision.UtilityLost => "utility lost, rolled back",
        StopDecision.NoImprovement => "no improvement",
        _ => "all updates",
    };
}
