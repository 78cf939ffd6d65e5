using System.Collections.Immutable;
using System.Globalization;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Dialogues;

/// <summary>One unlearning of dialogues: rows of every kind that is not finished, ordinary rows beside them, checks that end it.</summary>
/// <remarks>
/// <code>
///   step      rows to forget in equal shares of active kinds, a finished kind keeps a small one; members of their clusters; ordinary rows
///   check     every R steps: rates by kind and utility, from the caller → <see cref="StopRule"/>
///   end       the model that the rule keeps is put in place
/// </code>
/// <para>
/// Re-implementation after the abstract of arXiv 2404.16841; the strategy is ours. A run is kept and resumed as any other
/// (<see cref="RunOptions"/>): its log holds every check, and what the checks decided is derived from them anew.
/// </para>
/// </remarks>
/// <param name="objective">What to minimise: one of <see cref="DialoguePaper"/>'s, or any other.</param>
/// <param name="rows">What to draw from.</param>
/// <param name="plan">How long, how fast, when to stop.</param>
public sealed class DialogueUnlearning(Objective objective, DialogueRows rows, DialoguePlan plan)
{
    private readonly ImmutableArray<Need> needs = objective.Needs;
    private readonly DialoguePlan plan = plan.Validated();
    private DialogueChecks? checks;

    /// <summary>What the checks of the latest run decided; null before its first, and where the plan has no stop rule.</summary>
    public StopRule? Rule => checks?.Rule;

    /// <summary>The checks of the latest run with the updates before each; the first is of the model as it came in.</summary>
    public IReadOnlyList<(int Step, DialogueCheck Check)> Checks => checks?.All ?? [];

    /// <summary>Unlearns, one report an update; nothing happens until reports are asked for.</summary>
    /// <remarks>
    /// After the last report the kept model is put in place, so ask on until there is none. Where the run is cancelled or its caller stops
    /// asking, the model stays as the last update left it.
    /// </remarks>
    /// <param name="model">Changed in place.</param>
    /// <param name="check">
    /// Given the number of updates so far, tells what the model does; must leave it as it is and give the same for the same weights. Null
    /// where the plan has no stop rule.
    /// </param>
    /// <param name="options">What is kept on disk; null for nothing. Its evaluation is the check.</param>
    /// <exception cref="ArgumentException">Rows, check or options are not what plan and objective need.</exception>
    public IEnumerable<StepReport> Run<TModel>(TModel model, Func<int, DialogueCheck>? check = null, RunOptions? options = null)
        where TModel : nn.Module, ILanguageModel
    {
        RequireAll(check, options);
        return Steps();

        IEnumerable<StepReport> Steps()
        {
            var device = model.parameters().First().device;
            var known = Known(model, options);
            var (frozen, copy) = needs.Any(need => need.ReadsModel) ? Unlearning.Frozen(model) : (null, null);
            using var _ = copy;
            var isSpaceOpen = rows.Directions is null && needs.Any(need => need.ReadsDirections);
            using var made = isSpaceOpen ? TokenDirections.Of(model) : null;
            var directions = rows.Directions ?? made;
            using var run = plan.Stop is { } stop ? new DialogueChecks(model, stop, check!, options) : null;
            checks = run;
            var gradient = new BatchGradient(model, frozen, objective, plan.Training, device, directions);
            var recorded = (options ?? new()) with { Evaluation = run?.Evaluation(plan.EverySteps) ?? options?.Evaluation };

            foreach (var report in Trainer.Steps(model, Draws(), Step, plan.Training, recorded, Identity)) yield return report;
            run?.PutBestInPlace();

            IEnumerable<DialogueDraw> Draws()
            {
                run?.Replay();
                var mismatches = needs.Where(need => need.Group == RowGroup.Mismatch).Select(need => need.Each).FirstOrDefault();
                var all = rows.Kinds;
                var draws = new DialogueDraws(rows, plan, mismatches).Endless(step => run?.ActiveAt(step) ?? all);
                foreach (var draw in draws) yield return draw;
            }

            LossReport Step(DialogueDraw draw, Action collect)
            {
                using var scope = NewDisposeScope();
                return gradient.Accumulate([.. needs.Select(need => Group(need, draw))], collect);
            }

            ScoredGroup Group(Need need, DialogueDraw draw)
            {
                EncodedRow[] encoded = [.. RowsOf(need.Group, draw)];
                return new(need.Group, encoded, need.Reference ? [.. draw.Forget.Select(item => known[item])] : null, need.Divergence,
                    encoded.Max(row => row.Ids.Length), need.Uniform)
                {
                    Penalty = need.Penalty,
                    Soft = need.Soft,
                    Centroids = need.Soft is { Centroid: true } ? stack(
                        [.. draw.Forget.Select(item => tensor(rows.Forget[item].Expected.Centroid.ToArray(), device: device))]) : null,
                };
            }

            RunIdentity Identity()
            {
                object more = new
                {
                    plan.NormalRows,
                    plan.EverySteps,
                    plan.Maintenance,
                    plan.Stop,
                    Kinds = rows.Forget.Select(item => item.Kind),
                    Directions = directions?.Fingerprint,
                };
                var members = rows.Forget.SelectMany(item => item.Expected.Members.Select(member => item.With(member.Ids.AsSpan())));
                var data = Fingerprint.OfRows(rows.Forget.Select(item => item.Bad).Concat(members).Concat(rows.Normal));
                return new(RunIdentity.Describe(plan.Training, objective, more), data, Fingerprint.OfWeights(model));
            }
        }
    }

    private IEnumerable<EncodedRow> RowsOf(RowGroup group, DialogueDraw draw) => group switch
    {
        RowGroup.Forget => draw.Forget.Select(item => rows.Forget[item].Bad),
        RowGroup.Alternate => draw.Forget.Zip(draw.Members, (item, member) =>
            rows.Forget[item].With(rows.Forget[item].Expected.Members[member].Ids.AsSpan())),
        RowGroup.Retain => draw.Normal.Select(row => rows.Normal[row]),
        _ => draw.Mismatches.Select((other, i) => (rows.Forget[draw.Forget[i / (draw.Mismatches.Length / draw.Forget.Length)]],
            rows.Normal[other])).Select(pair => pair.Item1.With(pair.Item2.Ids.AsSpan(pair.Item2.PromptLength))),
    };

    /// <summary>log π_ref of every answer to be forgotten, where it is read.</summary>
    private double[] Known<TModel>(TModel model, RunOptions? options) where TModel : nn.Module, ILanguageModel
    {
        if (!needs.Any(need => need.Reference)) return [];
        EncodedRow[] bad = [.. rows.Forget.Select(item => item.Bad)];
        return options?.ReferenceCache is { } folder
            ? ReferenceCache.Score(folder, model, bad, options.Note) : AnswerScorer.Score(model, bad);
    }

    private void RequireAll(Func<int, DialogueCheck>? check, RunOptions? options)
    {
        if (rows.Forget.Count == 0) throw new ArgumentException($"{objective.Name} needs dialogues to unlearn but there are none.");
        if (plan.Stop is not null == check is null)
        {
            throw new ArgumentException(plan.Stop is null
                ? "A check needs a plan with a stop rule." : "A plan with a stop rule needs a check of rates and utility.", nameof(check));
        }
        if (check is not null && options?.Evaluation is not null)
            throw new ArgumentException("Options should leave the evaluation to the check.", nameof(options));
        foreach (var need in needs)
        {
            if (need.Group is RowGroup.Retain or RowGroup.Mismatch && rows.Normal.Count == 0)
                throw new ArgumentException($"{objective.Name} needs ordinary dialogues but there are none.");
            if (need.Group == RowGroup.RetainAlternate || (need.Reference && need.Group != RowGroup.Forget))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{objective.Name} reads {need.Group} rows in a way that dialogues do not have; Unlearning.Run has it."));
            }
        }
    }
}
