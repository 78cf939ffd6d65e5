using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>Makes a model forget rows, with or without retain rows beside them.</summary>
public static class Unlearning
{
    /// <summary>Minimises an objective over forget rows and what it reads beside them.</summary>
    /// <remarks>
    /// <para>Each update reads a batch of forget rows, beside it alternates and retain rows as far as the objective needs them, in one
    /// forward pass. The reference model is the model as it comes in: its log-probabilities are computed once, before the first
    /// update, and only where the objective reads them; a copy of it is kept only for divergences.</para>
    /// <para>A reference of its own takes the place of the model as it comes in: the model before an earlier unlearning.</para>
    /// <para>With fresh pairing either set's short batch may stand beside a full one of the other set.</para>
    /// </remarks>
    /// <param name="model">Changed in place.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="rows">What to draw from.</param>
    /// <param name="plan">How long and how fast.</param>
    /// <param name="options">What is kept on disk and when the model is measured; null for nothing and never.</param>
    /// <param name="reference">What π_ref is where it is not the model as it comes in; stays as it is. Null for that.</param>
    /// <param name="directions">Directions of tokens; null for those of the reference, no token dropped from their mean.</param>
    /// <exception cref="ArgumentException">The objective needs rows that are not there.</exception>
    public static IEnumerable<StepReport> Run<TModel>(
        TModel model, Objective objective, UnlearningRows rows, TrainingPlan plan, RunOptions? options = null, TModel? reference = null,
        TokenDirections? directions = null)
        where TModel : nn.Module, ILanguageModel
    {
        plan.Validated();
        var needs = objective.Needs;
        if (rows.Forget.Count == 0) throw new ArgumentException($"{objective.Name} needs forget rows but there are none.", nameof(rows));
        foreach (var need in needs) Require(need, objective, rows);
        var groups = needs.Select(need => need.Group).ToArray();
        var drawings = Drawing.Endless(rows, groups, plan.BatchSize, plan.Seed, plan.Order);
        return Steps();

        IEnumerable<StepReport> Steps()
        {
            var device = model.parameters().First().device;
            var known = Known(reference ?? model, rows, needs.Where(need => need.Reference).Select(need => need.Group),
                drawings.Take(plan.Steps), options);
            var (frozen, copy) = needs.Any(need => need.ReadsModel) ? Frozen(reference ?? model) : (null, null);
            using var _ = copy;
            using var made = directions is null && needs.Any(need => need.ReadsDirections) ? TokenDirections.Of(reference ?? model) : null;
            var gradient = new BatchGradient(model, frozen, objective, plan, device, directions ?? made);

            var steps = Trainer.Steps(
                model, drawings, (drawing, collect) => gradient.Accumulate(Scored(drawing), collect), plan, options, Identity);
            foreach (var report in steps) yield return report;

            RunIdentity Identity()
            {
                var places = Places(groups, drawings.Take(plan.Steps));
                // Runs without them are described as they always were, so that their checkpoints stay good.
                object more = (reference, directions) switch
                {
                    (null, null) => new { rows.Pairing, rows.PadTo },
                    (_, null) => new { rows.Pairing, rows.PadTo, Reference = Fingerprint.OfWeights(reference) },
                    _ => new
                    {
                        rows.Pairing,
                        rows.PadTo,
                        Reference = reference is null ? null : Fingerprint.OfWeights(reference),
                        Directions = directions.Fingerprint,
                    },
                };
                return new(RunIdentity.Describe(plan, objective, more),
                    Fingerprint.OfRows(places.Select(place => Drawing.At(rows, place))), Fingerprint.OfWeights(model));
            }

            ScoredGroup[] Scored(Drawing drawing) => [.. needs.Select(need =>
            {
                var places = drawing.Groups[need.Group];
                EncodedRow[] encoded = [.. places.Select(place => Drawing.At(rows, place))];
                return new ScoredGroup(need.Group, encoded, need.Reference ? [.. places.Select(place => known[place])] : null,
                    need.Divergence, rows.PadTo ?? encoded.Max(row => row.Ids.Length), need.Uniform)
                {
                    Penalty = need.Penalty,
                    Soft = need.Soft,
                };
            })];
        }
    }

    /// <summary>Minimises an objective that reads no rows but these.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="forget">Rows to forget.</param>
    /// <param name="retain">Rows to keep; unused, and may be empty, when the objective reads none.</param>
    /// <param name="plan">How long and how fast.</param>
    public static IEnumerable<StepReport> Run<TModel>(
        TModel model, Objective objective, IReadOnlyList<EncodedRow> forget, IReadOnlyList<EncodedRow> retain, TrainingPlan plan)
        where TModel : nn.Module, ILanguageModel => Run(model, objective, new UnlearningRows(forget, retain), plan);

    /// <summary>log π_ref of every row that the plan will draw from groups whose reference is read, each row once.</summary>
    private static Dictionary<RowPlace, double> Known<TModel>(
        TModel model, UnlearningRows rows, IEnumerable<RowGroup> groups, IEnumerable<Drawing> drawings, RunOptions? options)
        where TModel : nn.Module, ILanguageModel
    {
        var places = Places([.. groups], drawings);
        if (places.Length == 0) return [];
        EncodedRow[] encoded = [.. places.Select(place => Drawing.At(rows, place))];
        var scores = options?.ReferenceCache is { } folder
            ? ReferenceCache.Score(folder, model, encoded, options.Note) : AnswerScorer.Score(model, encoded);
        return places.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static RowPlace[] Places(RowGroup[] groups, IEnumerable<Drawing> drawings) => groups.Length == 0 ? []
        : [.. drawings.SelectMany(drawing => groups.SelectMany(group => drawing.Groups[group])).Distinct()];

    /// <summary>What a model computes now, whatever becomes of it, and what that holds in memory beside it.</summary>
    internal static (ILanguageModel Model, IDisposable? Owned) Frozen(nn.Module model)
    {
        if (model is AdaptedModel { IsFresh: true, IsMerged: false } fresh) return (fresh.WithoutAdapters, null);
        var copy = model switch
        {
            AdaptedModel adapted => adapted.MergedCopy(),
            LanguageModel known => known.Copy(),
            _ => throw new NotSupportedException($"A divergence needs a copy of the model, which can be made of a {nameof(LanguageModel)} "
                + $"but not of {model.GetType().Name}."),
        };
        foreach (var parameter in copy.parameters()) parameter.requires_grad_(false);
        copy.eval();
        return (copy, copy);
    }

    private static void Require(Need need, Objective objective, UnlearningRows rows)
    {
        var (count, there, name) = need.Group switch
        {
            RowGroup.Retain => (rows.Retain.Count, rows.Retain.Count, "retain"),
            RowGroup.Alternate => (rows.Forget.Count, rows.Alternates.Count(answers => answers.Count > 0), "alternate"),
            RowGroup.RetainAlternate => (rows.Retain.Count, rows.RetainAlternates.Count(answers => answers.Count > 0), "retain alternate"),
            RowGroup.Mismatch => (rows.Forget.Count, rows.Mismatches.Count(answers => answers.Count == rows.Retain.Count), "mismatched"),
            _ => (1, 1, ""),
        };
        if (there == 0)
            throw new ArgumentException($"{objective.Name} needs {name} rows but there are none.", nameof(rows));
        if (there != count)
        {
            throw new ArgumentException(
                $"{objective.Name} needs {name} rows for each of {count} questions but {there} have any.", nameof(rows));
        }

        if (need.Soft is { Centroid: true } || need.Each != 1)
        {
            throw new ArgumentException($"{objective.Name} reads clusters of expected answers or several mismatches a question, which are "
                + $"drawn by {nameof(Dialogues.DialogueUnlearning)}.", nameof(objective));
        }

        if (!(IsPadded(need.Divergence?.Positions) || IsPadded(need.Uniform?.Positions))) return;
        var longest = (need.Group == RowGroup.Forget ? rows.Forget : rows.Retain).Max(row => row.Ids.Length);
        if (rows.PadTo < longest)
        {
            throw new ArgumentException(
                $"PadTo should be at least {longest}, the longest row's tokens, but is {rows.PadTo}.", nameof(rows));
        }

        static bool IsPadded(KlPositions? positions) => positions is KlPositions.Padded or KlPositions.PaddedFlash;
    }
}
