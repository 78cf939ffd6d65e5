namespace Unlearn.Scoring;

/// <summary>What a batch's rows are measured by.</summary>
internal enum RowNumber
{
    /// <summary>log πθ of the answer.</summary>
    Policy,

    /// <summary>Divergence from the reference.</summary>
    Divergence,

    /// <summary>Divergence between model and uniform distribution.</summary>
    Uniform,
}

/// <summary>One thing for each <see cref="RowNumber"/>.</summary>
/// <param name="Policy">For log πθ.</param>
/// <param name="Divergence">For the divergence from the reference.</param>
/// <param name="Uniform">For that from the uniform distribution.</param>
internal readonly record struct RowNumbers<T>(T Policy, T Divergence, T Uniform)
{
    /// <summary>The thing for a number.</summary>
    /// <param name="number">Which.</param>
    public T this[RowNumber number] => number switch
    {
        RowNumber.Policy => Policy,
        RowNumber.Divergence => Divergence,
        _ => Uniform,
    };

    /// <summary>The same with one thing replaced.</summary>
    /// <param name="number">Which.</param>
    /// <param name="value">The new one.</param>
    public RowNumbers<T> With(RowNumber number, T value) => number switch
    {
        RowNumber.Policy => this with { Policy = value },
        RowNumber.Divergence => this with { Divergence = value },
        _ => this with { Uniform = value },
    };

    /// <summary>Something made of each.</summary>
    /// <param name="make">Makes it.</param>
    public RowNumbers<TOther> Select<TOther>(Func<T, TOther> make) => new(make(Policy), make(Divergence), make(Uniform));
}
