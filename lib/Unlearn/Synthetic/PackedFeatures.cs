using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unlearn.Synthetic;

/// <summary>Features Φ [n, N] laid out for the two products of gradient descent, h = Φθ and g = Φᵀr, of two columns at a time.</summary>
/// <remarks>
/// <para>
/// Rows stand in panels of 4 vectors: <c>panel[p][k][row]</c>. A vector then holds the same feature of neighbouring rows, so neither
/// product sums within a vector, and 8 accumulators hide the latency of the fused multiply-add. One panel (16 KB with 128 features and
/// four-lane vectors) stays in the first cache between the two products.
/// </para>
/// <para>Both products of two columns cost 8·N FLOP a row. Missing rows of the last panel are zeros: they add nothing to g.</para>
/// </remarks>
internal sealed class PackedFeatures
{
    private const int VectorsPerPanel = 4;

    private readonly AlignedBuffer panels;

    /// <param name="features">Φ, [n, N], row after row.</param>
    /// <param name="width">N.</param>
    public PackedFeatures(ReadOnlySpan<double> features, int width)
    {
        Width = width;
        Count = features.Length / width;
        Panels = (Count + PanelRows - 1) / PanelRows;
        panels = new(Panels * PanelRows * width);
        var packed = panels.Span;
        for (var row = 0; row < Count; row++)
        {
            var (panel, place) = (row / PanelRows, row % PanelRows);
            for (var k = 0; k < width; k++) packed[((panel * width) + k) * PanelRows + place] = features[row * width + k];
        }
    }

    /// <summary>Rows in a panel.</summary>
    public static int PanelRows => VectorsPerPanel * Vector<double>.Count;

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>N.</summary>
    public int Width { get; }

    /// <summary>Panels of rows.</summary>
    public int Panels { get; }

    /// <summary>n rounded up to whole panels: the length of a column of logits.</summary>
    public int PaddedCount => Panels * PanelRows;

    /// <summary>h = Φθ for the rows of one panel and two columns.</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="theta0">θ of the first column, [N].</param>
    /// <param name="theta1">θ of the second column, [N].</param>
    /// <param name="logits0">Takes the panel's logits, [PanelRows].</param>
    /// <param name="logits1">Likewise for the second column.</param>
    public void Forward(
        int panel, ReadOnlySpan<double> theta0, ReadOnlySpan<double> theta1, Span<double> logits0, Span<double> logits1)
    {
        var width = Width;
        if (theta0.Length < width || theta1.Length < width || logits0.Length < PanelRows || logits1.Length < PanelRows) throw TooShort();
        ref var rows = ref First(panel);
        ref var t0 = ref MemoryMarshal.GetReference(theta0);
        ref var t1 = ref MemoryMarshal.GetReference(theta1);
        var lanes = Vector<double>.Count;
        Vector<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var k = 0; k < width; k++)
        {
            ref var x = ref Unsafe.Add(ref rows, k * VectorsPerPanel * lanes);
            var (u, v) = (new Vector<double>(Unsafe.Add(ref t0, k)), new Vector<double>(Unsafe.Add(ref t1, k)));
            var (x0, x1) = (Vector.LoadUnsafe(ref x), Vector.LoadUnsafe(ref x, (nuint)lanes));
            var (x2, x3) = (Vector.LoadUnsafe(ref x, (nuint)(2 * lanes)), Vector.LoadUnsafe(ref x, (nuint)(3 * lanes)));
            a0 = Vector.FusedMultiplyAdd(x0, u, a0);
            b0 = Vector.FusedMultiplyAdd(x0, v, b0);
            a1 = Vector.FusedMultiplyAdd(x1, u, a1);
            b1 = Vector.FusedMultiplyAdd(x1, v, b1);
            a2 = Vector.FusedMultiplyAdd(x2, u, a2);
            b2 = Vector.FusedMultiplyAdd(x2, v, b2);
            a3 = Vector.FusedMultiplyAdd(x3, u, a3);
            b3 = Vector.FusedMultiplyAdd(x3, v, b3);
        }
        Store(logits0, a0, a1, a2, a3);
        Store(logits1, b0, b1, b2, b3);
    }

    /// <summary>g += Φᵀr for the rows of one panel and two columns.</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="slopes0">r of the first column at the panel's rows, [PanelRows].</param>
    /// <param name="slopes1">Likewise for the second column.</param>
    /// <param name="gradients">[N][2] vectors whose lanes are to be summed at the end: <see cref="Reduce"/> does.</param>
    public void Backward(int panel, ReadOnlySpan<double> slopes0, ReadOnlySpan<double> slopes1, Span<double> gradients)
    {
        var (width, lanes) = (Width, Vector<double>.Count);
        if (slopes0.Length < PanelRows || slopes1.Length < PanelRows || gradients.Length < 2 * width * lanes) throw TooShort();
        ref var rows = ref First(panel);
        ref var sums = ref MemoryMarshal.GetReference(gradients);
        var (r0, r1, r2, r3) = Load(slopes0);
        var (s0, s1, s2, s3) = Load(slopes1);
        for (var k = 0; k < width; k++)
        {
            ref var x = ref Unsafe.Add(ref rows, k * VectorsPerPanel * lanes);
            ref var g = ref Unsafe.Add(ref sums, k * 2 * lanes);
            var (x0, x1) = (Vector.LoadUnsafe(ref x), Vector.LoadUnsafe(ref x, (nuint)lanes));
            var (x2, x3) = (Vector.LoadUnsafe(ref x, (nuint)(2 * lanes)), Vector.LoadUnsafe(ref x, (nuint)(3 * lanes)));
            var u = Vector.FusedMultiplyAdd(x0, r0, Vector.LoadUnsafe(ref g));
            var v = Vector.FusedMultiplyAdd(x0, s0, Vector.LoadUnsafe(ref g, (nuint)lanes));
            u = Vector.FusedMultiplyAdd(x1, r1, u);
            v = Vector.FusedMultiplyAdd(x1, s1, v);
            u = Vector.FusedMultiplyAdd(x2, r2, u);
            v = Vector.FusedMultiplyAdd(x2, s2, v);
            Vector.FusedMultiplyAdd(x3, r3, u).StoreUnsafe(ref g);
            Vector.FusedMultiplyAdd(x3, s3, v).StoreUnsafe(ref g, (nuint)lanes);
        }
    }

    /// <summary>θ ← θ − η g for two columns; g is set to zero for the next step.</summary>
    /// <param name="gradients">What <see cref="Backward"/> summed up.</param>
    /// <param name="theta0">θ of the first column.</param>
    /// <param name="rate0">η of the first column.</param>
    /// <param name="theta1">θ of the second column.</param>
    /// <param name="rate1">η of the second column.</param>
    public static void Reduce(Span<double> gradients, Span<double> theta0, double rate0, Span<double> theta1, double rate1)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(gradients);
        for (var k = 0; k < theta0.Length; k++)
        {
            theta0[k] -= rate0 * Vector.Sum(vectors[2 * k]);
            theta1[k] -= rate1 * Vector.Sum(vectors[2 * k + 1]);
        }
        gradients.Clear();
    }

    /// <summary>h = Φθ for all rows, padding included.</summary>
    /// <param name="theta">θ, [N].</param>
    /// <returns>[PaddedCount].</returns>
    public double[] Logits(ReadOnlySpan<double> theta)
    {
        var logits = new double[PaddedCount];
        var ignored = new double[PanelRows];
        for (var panel = 0; panel < Panels; panel++)
            Forward(panel, theta, theta, logits.AsSpan(panel * PanelRows, PanelRows), ignored);
        return logits;
    }

    private ref double First(int panel)
    {
        if ((uint)panel >= (uint)Panels) throw new ArgumentOutOfRangeException(nameof(panel), panel, $"There are {Panels} panels.");
        return ref panels.Span[panel * PanelRows * Width];
    }

    private static (Vector<double> V0, Vector<double> V1, Vector<double> V2, Vector<double> V3) Load(ReadOnlySpan<double> values)
    {
        var lanes = Vector<double>.Count;
        return (new(values), new(values[lanes..]), new(values[(2 * lanes)..]), new(values[(3 * lanes)..]));
    }

    private static void Store(Span<double> target, Vector<double> v0, Vector<double> v1, Vector<double> v2, Vector<double> v3)
    {
        var lanes = Vector<double>.Count;
        v0.CopyTo(target);
        v1.CopyTo(target[lanes..]);
        v2.CopyTo(target[(2 * lanes)..]);
        v3.CopyTo(target[(3 * lanes)..]);
    }

    private static ArgumentException TooShort() => new("A column is shorter than the features are wide or a panel has rows.");
}
