using System.Collections.Immutable;
using Unlearn.Tensors;

namespace Unlearn.Models.Adapters;

/// <summary>How large adapters of low rank are, and where they sit.</summary>
/// <remarks>
/// <code>y = W x + b + s · B A dropout(x),   A: r × in,   B: out × r,   s = α / r</code>
/// Hu et al., 2021. <see href="https://arxiv.org/abs/2106.09685"/>
/// </remarks>
/// <param name="Rank">r ≥ 1.</param>
/// <param name="Alpha">α &gt; 0.</param>
/// <param name="Dropout">Share of the inputs that is zeroed in training, at least 0 and less than 1.</param>
/// <param name="RankStabilized">Whether s is α / √r instead. Kalajdzievski, 2023. <see href="https://arxiv.org/abs/2312.03732"/></param>
/// <param name="Seed">Decides A's first values.</param>
public sealed record LoraOptions(int Rank = 8, double Alpha = 16, double Dropout = 0, bool RankStabilized = false, long Seed = 0)
{
    /// <summary>The target that stands for every linear layer but the head.</summary>
    public const string AllLinear = "all-linear";

    /// <summary>Layers by the end of their full name, such as "q_proj" or "mlp.up_proj"; or <see cref="AllLinear"/>.</summary>
    public ImmutableArray<string> Targets { get; init; } = [AllLinear];

    /// <summary>s.</summary>
    public double Scale => RankStabilized ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    /// <summary>Returns the options when they can be used.</summary>
    /// <exception cref="ArgumentException">They cannot; the message says which.</exception>
    public LoraOptions Validated()
    {
        Require.Positive(Rank);
        Require.Positive(Alpha);
        if (Dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "Dropout should be at least 0 and less than 1.");
        return Targets is { IsDefaultOrEmpty: false } && !Targets.Any(string.IsNullOrWhiteSpace) ? this
            : throw new ArgumentException($"Targets should name layers, or be {AllLinear}.");
    }

    /// <summary>Whether a linear layer gets an adapter.</summary>
    /// <param name="name">Its full name; heads are those without a dot.</param>
    internal bool Takes(string name) => Targets.Any(target => target == AllLinear ? name.Contains('.', StringComparison.Ordinal)
        : name == target || name.EndsWith($".{target}", StringComparison.Ordinal));
}
