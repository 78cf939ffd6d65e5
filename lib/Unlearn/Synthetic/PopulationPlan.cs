using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Unlearn.Tensors;

namespace Unlearn.Synthetic;

/// <summary>The same experiment in many worlds.</summary>
/// <param name="Name">Of its result file, such as "synthetic-alpha1".</param>
/// <param name="Settings">Sizes, budgets and α.</param>
/// <param name="Methods">What is compared.</param>
public sealed record PopulationPlan(string Name, SyntheticSettings Settings, IReadOnlyList<SyntheticMethod> Methods)
{
    /// <summary>Version of draws, arithmetic and file layout: results of another one are not comparable byte by byte.</summary>
    public const int Schema = 1;

    /// <summary>Number of worlds.</summary>
    public int Instances { get; init => field = Require.Positive(value, nameof(Instances)); } = 200;

    /// <summary>The first world's seed; the others follow.</summary>
    public long FirstSeed { get; init; } = 1;

    /// <summary>The worlds' seeds.</summary>
    public IReadOnlyList<long> Seeds => [.. Enumerable.Range(0, Instances).Select(i => FirstSeed + i)];

    /// <summary>All twelve methods with the paper's rates: Figures 4 and 9.</summary>
    /// <param name="alpha">1 or 0.</param>
    public static PopulationPlan Unlearning(double alpha) => new(
        FormattableString.Invariant($"synthetic-alpha{alpha}"), new(alpha), SyntheticMethods.OfPaper(alpha));

    /// <summary>GA and NPO with falling β over 10,000 steps at α = 1: Figure 3.</summary>
    public static PopulationPlan BetaSweep { get; } =
        new("synthetic-beta", new(1) { UnlearningSteps = 10_000 }, SyntheticMethods.BetaSweep);

    /// <summary>SHA-256 of all that decides an instance's numbers but its seed.</summary>
    public string Fingerprint()
    {
        var parts = new
        {
            Schema,
            Settings,
            Methods = Methods.Select(method => $"{method.Name} {method.Rate:R} "
                + string.Join(' ', method.Terms.Select(term => FormattableString.Invariant($"{term.Points} {term.Weight:R} {term.Loss}")))),
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }
}
