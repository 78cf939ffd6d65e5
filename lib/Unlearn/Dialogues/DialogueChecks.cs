using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Models;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Dialogues;

/// <summary>The checks of a run: asks for them, decides by them, and keeps the weights of the best model.</summary>
/// <remarks>
/// A resumed run reads the checks that were made before it was broken off out of its own log, and so draws the same rows and decides the
/// same as a run that was not. The best weights are in memory, on the CPU, and in the run's folder.
/// </remarks>
internal sealed class DialogueChecks : IDisposable
{
    private const string Rate = "rate.", Utility = "utility", Refusals = "refusals", Selection = "selection";

    private readonly nn.Module model;
    private readonly Func<int, DialogueCheck> check;
    private readonly RunOptions? options;
    private readonly List<(int Step, StopRule Rule)> rules = [];
    private readonly List<(int Step, DialogueCheck Check)> all = [];
    private readonly Dictionary<string, Tensor> best = [];

    /// <summary>Checks the model as it comes in and keeps its weights.</summary>
    /// <param name="model">The model before the first update.</param>
    /// <param name="stop">The rule's numbers.</param>
    /// <param name="check">What the model does.</param>
    /// <param name="options">Where the run's log is.</param>
    public DialogueChecks(nn.Module model, StopOptions stop, Func<int, DialogueCheck> check, RunOptions? options)
    {
        (this.model, this.check, this.options) = (model, check, options);
        model.eval();
        var start = Ask(0);
        rules.Add((0, StopRule.Begin(stop, start)));
        all.Add((0, start));
        Keep(model.state_dict());
    }

    /// <summary>What follows from all checks.</summary>
    public StopRule Rule => rules[^1].Rule;

    /// <summary>All checks.</summary>
    public IReadOnlyList<(int Step, DialogueCheck Check)> All => all;

    /// <summary>Kinds that are worked on at a step, counted from 0.</summary>
    public ImmutableArray<DialogueKind> ActiveAt(int step) => rules.FindLast(rule => rule.Step <= step).Rule.Active;

    /// <summary>The checks as a run's measurements.</summary>
    /// <param name="every">Updates between them.</param>
    public PeriodicEvaluation Evaluation(int every) => new(every, Measure)
    {
        Metric = Selection,
        HigherIsBetter = false,
        Ended = () => Rule.Decision == StopDecision.Continue ? null : Rule.Decision.ToString(),
    };

    /// <summary>Takes in the checks of a run that goes on.</summary>
    public void Replay()
    {
        if (options is not { Folder: { } folder, Resume: true }) return;
        using var stream = new FileStream(Path.Combine(folder, RunRecorder.LogName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var entry = JsonSerializer.Deserialize<JsonElement>(line);
            if (entry.GetProperty("kind").GetString() != "evaluation") continue;
            var values = entry.GetProperty("values").Deserialize<Dictionary<string, double>>(RunIdentity.Json)!;
            Take(entry.GetProperty("step").GetInt32(), Read(values));
        }
        if (Rule.BestStep == 0) return;
        using var scope = NewDisposeScope();
        Keep(SafeTensors.Read(Path.Combine(folder, RunRecorder.BestName)).Tensors);
    }

    /// <summary>Gives the model the weights of the check that the rule keeps.</summary>
    public void PutBestInPlace()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, weights) in model.state_dict()) weights.copy_(best[name]);
    }

    /// <summary>Frees the weights that were kept.</summary>
    public void Dispose()
    {
        foreach (var weights in best.Values) weights.Dispose();
        best.Clear();
    }

    private Dictionary<string, double> Measure(int step)
    {
        var now = Ask(step);
        Take(step, now);
        if (Rule.BestStep == step) Keep(model.state_dict());
        var numbers = now.Rates.ToDictionary(rate => $"{Rate}{rate.Key}", rate => rate.Value);
        (numbers[Utility], numbers[Refusals]) = (now.Utility, now.RefusalShare);
        numbers[Selection] = now.Utility >= Rule.Floor ? now.MeanRate : double.NaN;
        return numbers;
    }

    private DialogueCheck Ask(int step)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return check(step);
    }

    private void Take(int step, DialogueCheck now)
    {
        rules.Add((step, Rule.After(step, now)));
        all.Add((step, now));
    }

    private static DialogueCheck Read(Dictionary<string, double> numbers) => new(
        numbers.Where(number => number.Key.StartsWith(Rate, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(number => Enum.Parse<DialogueKind>(number.Key[Rate.Length..]), number => number.Value),
        numbers[Utility], numbers[Refusals]);

    private void Keep(IReadOnlyDictionary<string, Tensor> state)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, weights) in state)
        {
            if (best.Remove(name, out var old)) old.Dispose();
            best[name] = weights.detach().clone().cpu().DetachFromDisposeScope();
        }
    }
}
