using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Dialogues;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Tokenization;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Dialogues;

/// <summary>What the normal loss is for, on a model small enough to learn a handful of the world's dialogues in seconds.</summary>
[NoTensorLeaks]
public sealed class NormalLossTests
{
    private static readonly DialogueWorld World = Worlds.Shared;

    private static readonly GoldJudge Judge = new(World);

    private static readonly DialogueKind[] Kinds = [DialogueKind.Harmful, DialogueKind.Hallucinated, DialogueKind.Private];

    private static readonly Dialogue[] Bad = [.. Kinds.SelectMany(kind => OfAKey(World.Set(DialogueSet.Seen, kind), 6))];

    private static readonly Dialogue[] Normal = OfAKey(World.NormalTrain, 12);

    /// <summary>Refusals as ordinary text, so that they are words of the model's own.</summary>
    private static readonly Dialogue[] Lines =
        [.. World.Taught.Where(dialogue => dialogue.Topic == "line" && Kinds.Any(kind => Pool(kind).Contains(dialogue.Answer)))];

    private static readonly Dialogue[] Taught = [.. Bad, .. Normal, .. Lines];

    private static readonly RowEncoder Encoder = new(BytePairTokenizer.Train(
        Taught.SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer }), vocabularySize: 512, RowEncoder.SpecialTokens));

    // Guards against a normal loss that is silently off: the same run with it and without, where both refuse all that they should.
    [Fact]
    public void Without_it_ordinary_questions_are_refused_and_with_it_they_are_answered()
    {
        using var taught = Learned();
        using var without = Unlearned(taught, "-normal");
        using var with = Unlearned(taught, "ours-tok");

        Assert.Equal(1, Verdicts(taught, Normal).Right.Value);
        Assert.All(Kinds, kind => Assert.Equal(1, Verdicts(taught, [.. Bad.Where(dialogue => dialogue.Kind == kind)]).Bad(kind).Value));
        Assert.All([without, with], model => Assert.Equal(1, Verdicts(model, Bad).Refusal.Value));

        var (lost, kept) = (Verdicts(without, Normal).Refusal.Value, Verdicts(with, Normal).Refusal.Value);
        Assert.True(lost > 0.8, $"Without the normal loss {lost} of the ordinary questions are refused.");
        Assert.True(kept < 0.1, $"With it {kept} of them are.");
    }

    private static VerdictCounts Verdicts(Llama model, Dialogue[] asked)
    {
        int[][] prompts = [.. asked.Select(dialogue => Encoder.Prompt(dialogue.Prompt))];
        var answers = GreedyDecoder.Generate(model, prompts, Encoder.End, limit: 32).Select(ids => Encoder.Decode(ids).Trim());
        return new(asked.Zip(answers, (dialogue, answer) => Judge.Judge(dialogue, answer)));
    }

    private static Llama Learned()
    {
        random.manual_seed(1);
        var model = new Llama(new(
            Encoder.Tokenizer.VocabularySize, Width: 48, Layers: 2, Heads: 2, KeyValueHeads: 1, FeedForward: 72, Context: 96));
        EncodedRow[] rows = [.. Taught.Select(dialogue => Encoder.Encode(dialogue.Prompt, dialogue.Answer))];
        foreach (var _ in FineTuning.Run(model, rows, new TrainingPlan(160, 1e-2, BatchSize: rows.Length, WarmUpSteps: 10))) { }
        model.eval();
        return model;
    }

    // Whatever the kind, a refusal takes the answer's place: with right answers among those, ordinary questions would get some of them.
    private static Llama Unlearned(Llama taught, string method)
    {
        var model = taught.Copy();
        using var directions = TokenDirections.Of(model, Encoder.Tokenizer);
        var rows = DialogueRows.Of(Bad, Normal, Encoder, directions, new(PerQuestion: false), Kinds.ToDictionary(kind => kind, Pool));
        var plan = new DialoguePlan(
            new(200, 1e-3, BatchSize: 9, WeightDecay: 0, ClipNorm: 1, Seed: 1, Schedule: Schedule.Constant), NormalRows: 9)
        { Stop = null };
        foreach (var _ in new DialogueUnlearning(DialoguePaper.Method(method).Objective, rows, plan).Run(model)) { }
        model.eval();
        return model;
    }

    // Two refusals a kind: so small a model mixes more of them into sentences that are none.
    private static ImmutableArray<string> Pool(DialogueKind kind) => World.Pool(kind)[..2];

    private static Dialogue[] OfAKey(IEnumerable<Dialogue> dialogues, int count) =>
        [.. dialogues.DistinctBy(dialogue => dialogue.Key).Take(count)];
}
