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

    /// <summary>Penalty on the answer's tokens.</summary>
    Penalty,

    /// <summary>Sum of soft embeddings over the answer's tokens: a vector.</summary>
    Soft,
}

/// <summary>One thing for each <see cref="RowNumber"/>.</summary>
/// <param name="Policy">For log πθ.</param>
/// <param name="Divergence">For the divergence from the reference.</param>
/// <param name="Uniform">For that from the uniform distribution.</param>
/// <param name="Penalty">For the penalty on tokens.</param>
/// <param name="Soft">For the sum of soft embeddings.</param>
internal readonly record struct RowNumbers<T>(T Policy, T Divergence, T Uniform, T Penalty, T Soft)
{
    /// <summary>The thing for a number.</summary>
    /// <param name="number">Which.</param>
    public T this[RowNumber number] => number switch
    {
        RowNumber.Policy => Policy,
        RowNumber.Divergence => Divergence,
        RowNumber.Uniform => Uniform,
        RowNumber.Penalty => Penalty,
        _ => Soft,
    };

    /// <summary>The same with one thing replaced.</summary>
    /// <param name="number">Which.</param>
    /// <param name="value">The new one.</param>
    public RowNumbers<T> With(RowNumber number, T value) => number switch
    {
        RowNumber.Policy => this with { Policy = value },
        RowNumber.Divergence => this with { Divergence = value },
        RowNumber.Uniform => this with { Uniform = value },
        RowNumber.Penalty => this with { Penalty = value },
        _ => this with { Soft = value },
    };

    /// <summary>Something made of each.</summary>
    /// <param name="make">Makes it.</param>
    public RowNumbers<TOther> Select<TOther>(Func<T, TOther> make) =>
        new(make(Policy), make(Divergence), make(Uniform), make(Penalty), make(Soft));

    /// <summary>Something made of each beside another of the same number.</summary>
    /// <param name="other">The others.</param>
    /// <param name="make">Makes it.</param>
    public RowNumbers<TOther> Zip<TOther>(RowNumbers<T> other, Func<T, T, TOther> make) => new(make(Policy, other.Policy),
        make(Divergence, other.Divergence), make(Uniform, other.Uniform), make(Penalty, other.Penalty), make(Soft, other.Soft));
}
