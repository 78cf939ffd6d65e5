using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Objectives;

namespace Unlearn.Training;

/// <summary>The authors' numbers for a method in a scenario, at the scale of the paper.</summary>
/// <remarks>
/// Common to all: batches of 32 in device batches of 4, weight decay 0.01, warm-up over the first epoch where it has more than one update,
/// linear decay, no clipping, the authors' fixed pairing. Mini-scale numbers stand with the experiments.
/// </remarks>
/// <param name="Scenario">The setting.</param>
/// <param name="Method">One of <see cref="CloserLookPaper"/>'s names.</param>
/// <param name="LearningRate">Highest rate.</param>
/// <param name="Epochs">Passes over the rows to forget.</param>
/// <param name="Options">Weights and switches.</param>
/// <param name="PadTo">Tokens to which rows are filled up, <c>max_length</c>.</param>
public sealed record CloserLookPreset(
    CloserLookScenario Scenario, string Method, double LearningRate, double Epochs, CloserLookOptions Options, int PadTo)
{
    private const int LongRows = 500, RealWorldRows = 300;
    private const double UsualRate = 1e-5;

    /// <summary>The learning rates that the authors try for baselines in the real world.</summary>
    public static ImmutableArray<double> RealWorldRates { get; } = [1e-5, 5e-6, 2e-6];

    /// <summary>The numbers of epochs that they try with them.</summary>
    public static ImmutableArray<int> RealWorldEpochs { get; } = [5, 3];

    /// <summary>The authors' numbers.</summary>
    /// <remarks>
    /// ME's weight is 0.1 on fictitious authors, 1 in the continual scripts and 0.5 in the real world, where its rate is half the usual one.
    /// Baselines in the real world begin both grids: 10⁻⁵ and five epochs.
    /// </remarks>
    /// <param name="scenario">The setting.</param>
    /// <param name="method">One of <see cref="CloserLookPaper"/>'s names.</param>
    public static CloserLookPreset For(CloserLookScenario scenario, string method)
    {
        var name = CloserLookPaper.Method(method).Name;
        var entropy = name.Split('+')[0] == "ME";
        var weight = !entropy ? 1 : scenario switch
        {
            CloserLookScenario.Fictitious => 0.1,
            CloserLookScenario.Continual => 1,
            _ => 0.5,
        };
        var rate = entropy && scenario == CloserLookScenario.RealWorld ? UsualRate / 2 : UsualRate;
        return new(scenario, name, rate, 5, new(ForgetWeight: weight),
            scenario == CloserLookScenario.RealWorld ? RealWorldRows : LongRows);
    }

    /// <summary>What is minimised.</summary>
    public Objective Objective => CloserLookPaper.Method(Method, Options).Objective;

    /// <summary>The updates over so many rows to forget.</summary>
    /// <param name="rows">n, rows to forget.</param>
    /// <param name="seed">Decides their order; 42, the trainer's own default, since the scripts' 1001 does not reach it.</param>
    public TrainingPlan Plan(int rows, long seed = 42) => TrainingPlan.CloserLookPaper(rows, Epochs, LearningRate, seed);

    /// <summary>The rows, with the authors' pairing and padding.</summary>
    /// <param name="split">What to forget and what to keep.</param>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="refusals">Ways to say that one does not know.</param>
    public UnlearningRows Rows(ForgetSplit split, RowEncoder encoder, IReadOnlyList<string> refusals) =>
        UnlearningRows.Of(split, encoder, refusals) with { Pairing = Pairing.CloserLook, PadTo = PadTo };
}
