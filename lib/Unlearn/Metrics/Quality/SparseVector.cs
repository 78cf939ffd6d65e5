namespace Unlearn.Metrics.Quality;

/// <summary>A vector of which most entries are 0.</summary>
/// <param name="Indices">Places of the others, each once.</param>
/// <param name="Values">What stands there, as many.</param>
internal readonly record struct SparseVector(int[] Indices, double[] Values)
{
    /// <summary>w · x.</summary>
    public double Dot(double[] w)
    {
        var sum = 0.0;
        for (var k = 0; k < Indices.Length; k++) sum += w[Indices[k]] * Values[k];
        return sum;
    }

    /// <summary>w ← w + a x.</summary>
    public void AddTo(double[] w, double a)
    {
        for (var k = 0; k < Indices.Length; k++) w[Indices[k]] += a * Values[k];
    }
}
