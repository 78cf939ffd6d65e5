namespace Unlearn.Training;

/// <summary>The best measurement of a run, and how many came after it without a better one.</summary>
/// <param name="Value">The best value; NaN before the first.</param>
/// <param name="Step">Updates at that time.</param>
/// <param name="Since">Measurements since.</param>
internal readonly record struct BestSoFar(double Value, int Step, int Since)
{
    public static BestSoFar None => new(double.NaN, 0, 0);

    /// <summary>Takes a measurement in. A value that is no number is never better.</summary>
    public BestSoFar With(double value, int step, bool higherIsBetter)
    {
        var better = double.IsNaN(Value) ? !double.IsNaN(value) : higherIsBetter ? value > Value : value < Value;
        return better ? new(value, step, 0) : this with { Since = Since + 1 };
    }
}
