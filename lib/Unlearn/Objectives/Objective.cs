using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>What unlearning minimises: a weighted sum of terms.</summary>
/// <example><code>var objective = Objective.Of(new Npo(Beta: 0.1)).And(new RetainLoss(), weight: 1);      // NPO+RT</code></example>
public sealed record Objective
{
    private Objective(ImmutableArray<WeightedTerm> terms) => Terms = terms;

    /// <summary>The terms in the order in which they were added; none has weight 0.</summary>
    public ImmutableArray<WeightedTerm> Terms { get; }

    /// <summary>The name in tables: the terms' names, "NPO+RT".</summary>
    public string Name => string.Join('+', Terms.Select(term => term.Term.Name));

    /// <summary>What has to be computed of a batch.</summary>
    /// <exception cref="InvalidOperationException">Two terms read different divergences, penalties or means of the same rows.</exception>
    public ImmutableArray<Need> Needs => [.. Terms.SelectMany(term => term.Term.Needs).GroupBy(need => need.Group).Select(Together)];

    /// <summary>An objective of one term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="weight">Its factor, positive.</param>
    public static Objective Of(IObjectiveTerm term, double weight = 1) => new([new(term, Require.Positive(weight))]);

    /// <summary>Adds a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="weight">Its factor; 0 leaves the term out.</param>
    public Objective And(IObjectiveTerm term, double weight = 1) =>
        Require.NotNegative(weight) == 0 ? this : new([.. Terms, new(term, weight)]);

    /// <summary>The weighted sum.</summary>
    /// <param name="scores">Carries what <see cref="Needs"/> names.</param>
    /// <returns>[], in nats.</returns>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
        Terms.Select(term => term.Weight * term.Term.Loss(scores)).Aggregate((sum, term) => sum + term));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Need Together(IGrouping<RowGroup, Need> needs)
    {
        var (divergence, uniform) = (One("divergence", need => need.Divergence), One("divergence", need => need.Uniform));
        if ((divergence?.Positions, uniform?.Positions) is (KlPositions.Padded, KlPositions.PaddedFlash)
            or (KlPositions.PaddedFlash, KlPositions.Padded))
        {
            throw new InvalidOperationException(
                $"The terms should agree on what fill-up of the {needs.Key} rows sees, but one says {divergence} and one {uniform}.");
        }
        var soft = One<SoftMean>("mean embedding", need => need.Soft is { } mean ? mean with { Centroid = false } : null) is { } read
            ? read with { Centroid = needs.Any(need => need.Soft is { Centroid: true }) } : (SoftMean?)null;
        return new(needs.Key, needs.Any(need => need.Reference), divergence, uniform, One("penalty", need => need.Penalty), soft,
            One<int>("number", need => need.Each)!.Value);

        T? One<T>(string what, Func<Need, T?> read) where T : struct
        {
            var kinds = needs.Select(read).OfType<T>().Distinct().ToArray();
            return kinds.Length <= 1 ? kinds.Select(kind => (T?)kind).FirstOrDefault() : throw new InvalidOperationException(
                $"The terms should read one {what} of the {needs.Key} rows but read {string.Join(" and ", kinds)}.");
        }
    }
}

/// <summary>A term with its factor.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">Its factor, positive.</param>
public readonly record struct WeightedTerm(IObjectiveTerm Term, double Weight);
