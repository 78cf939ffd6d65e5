namespace Unlearn.Metrics;

/// <summary>What c tokens in common say of a generated text of n tokens and a truth of m tokens, as three shares.</summary>
/// <param name="Precision">c / n.</param>
/// <param name="Recall">c / m.</param>
/// <param name="F1">2 · Precision · Recall / (Precision + Recall), 0 when both are 0.</param>
public readonly record struct RougeScore(double Precision, double Recall, double F1)
{
    /// <summary>The shares; all 0 when either text has no token.</summary>
    internal static RougeScore Of(int common, int generated, int truth)
    {
        if (common == 0) return default;
        var (precision, recall) = ((double)common / generated, (double)common / truth);
        return new(precision, recall, 2 * precision * recall / (precision + recall));
    }
}
