using System.Numerics;
using Unlearn.Synthetic.Losses;

namespace Unlearn.Synthetic;

/// <summary>Gradient descent of several methods in one world. Columns go in pairs, those with retain terms first.</summary>
internal sealed class VectorDescent
{
    // Panels that stay in the second cache while one pair of columns after the other passes over them: 256 KB with the paper's sizes.
    private const int PanelsAtOnce = 16;

    private readonly int width;
    private readonly Column[] columns;          // an even number; the last may be a dummy without terms
    private readonly int[] places;              // method → column
    private readonly int retainPairs;           // pairs of columns that have retain terms; the others never look at retain points
    private readonly Points forget, retain;
    private readonly AlignedBuffer[] gradients; // one for each pair

    public VectorDescent(SyntheticWorld world, IReadOnlyList<SyntheticMethod> methods, ReadOnlySpan<double> start)
    {
        width = start.Length;
        int[] order = [.. Enumerable.Range(0, methods.Count).OrderBy(m => methods[m].On(PointRole.Retain).Count == 0)];
        places = new int[methods.Count];
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;

        columns = new Column[(order.Length + 1) / 2 * 2];
        for (var place = 0; place < columns.Length; place++)
            columns[place] = new(place < order.Length ? methods[order[place]] : null, start, world);
        retainPairs = (columns.Count(column => column.Retain.Length > 0) + 1) / 2;
        gradients = [.. Enumerable.Range(0, columns.Length / 2).Select(_ => new AlignedBuffer(2 * width * Vector<double>.Count))];
        forget = new(world.Forget, start);
        retain = new(world.Retain, start);
    }

    public double[] Weights(int method) => columns[places[method]].Theta.Span.ToArray();

    public void Advance(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            for (var pair = 0; pair < gradients.Length; pair++) DescendOnForget(pair);
            for (var panel = 0; panel < retain.Packed.Panels && retainPairs > 0; panel += PanelsAtOnce)
            {
                var last = Math.Min(panel + PanelsAtOnce, retain.Packed.Panels);
                for (var pair = 0; pair < retainPairs; pair++) DescendOnRetain(pair, panel, last);
            }
            for (var pair = 0; pair < gradients.Length; pair++)
            {
                var (a, b) = (columns[2 * pair], columns[2 * pair + 1]);
                PackedFeatures.Reduce(gradients[pair].Span, a.Theta.Span, a.Rate, b.Theta.Span, b.Rate);
            }
        }
    }

    // A loss on forget points may depend on all of them (KTO's does), so all logits come before all slopes.
    private void DescendOnForget(int pair)
    {
        var (a, b) = (columns[2 * pair], columns[2 * pair + 1]);
        if (a.Forget.Length + b.Forget.Length == 0) return;
        var (packed, rows) = (forget.Packed, PackedFeatures.PanelRows);
        Span<double> h0 = forget.Logits0.Span, h1 = forget.Logits1.Span, r0 = forget.Slopes0.Span, r1 = forget.Slopes1.Span;
        for (var panel = 0; panel < packed.Panels; panel++)
            packed.Forward(panel, a.Theta.Span, b.Theta.Span, h0.Slice(panel * rows, rows), h1.Slice(panel * rows, rows));
        forget.Slopes(a.Forget, 0, h0, r0);
        forget.Slopes(b.Forget, 0, h1, r1);
        for (var panel = 0; panel < packed.Panels; panel++)
            packed.Backward(panel, r0.Slice(panel * rows, rows), r1.Slice(panel * rows, rows), gradients[pair].Span);
    }

    private void DescendOnRetain(int pair, int first, int end)
    {
        var (a, b) = (columns[2 * pair], columns[2 * pair + 1]);
        var (packed, rows) = (retain.Packed, PackedFeatures.PanelRows);
        Span<double> h0 = retain.Logits0.Span[..rows], h1 = retain.Logits1.Span[..rows];
        Span<double> r0 = retain.Slopes0.Span[..rows], r1 = retain.Slopes1.Span[..rows];
        for (var panel = first; panel < end; panel++)
        {
            packed.Forward(panel, a.Theta.Span, b.Theta.Span, h0, h1);
            retain.Slopes(a.Retain, panel * rows, h0, r0);
            retain.Slopes(b.Retain, panel * rows, h1, r1);
            packed.Backward(panel, r0, r1, gradients[pair].Span);
        }
    }

    /// <summary>One method's weights and terms.</summary>
    private sealed class Column
    {
        public Column(SyntheticMethod? method, ReadOnlySpan<double> start, SyntheticWorld world)
        {
            Rate = method?.Rate ?? 0;
            Forget = Terms(method, PointRole.Forget, world.Forget.Count);
            Retain = Terms(method, PointRole.Retain, world.Retain.Count);
            Theta = new(start.Length);
            start.CopyTo(Theta.Span);
        }

        public double Rate { get; }

        public (ILogitLoss Loss, double Weight)[] Forget { get; }

        public (ILogitLoss Loss, double Weight)[] Retain { get; }

        public AlignedBuffer Theta { get; }

        private static (ILogitLoss Loss, double Weight)[] Terms(SyntheticMethod? method, PointRole points, int count) =>
            [.. (method?.On(points) ?? []).Select(term => (term.Loss, term.Weight / count))];
    }

    /// <summary>Points of one role with room for two columns of logits and slopes.</summary>
    private sealed class Points
    {
        private readonly double[] reference, labels, alternatives;

        public Points(PointSet points, ReadOnlySpan<double> start)
        {
            Packed = new(points.Features.AsSpan(), points.Width);
            (Logits0, Logits1) = (new(Packed.PaddedCount), new(Packed.PaddedCount));
            (Slopes0, Slopes1) = (new(Packed.PaddedCount), new(Packed.PaddedCount));
            reference = Packed.Logits(start);
            labels = Pad(points.Labels.AsSpan());
            alternatives = points.Alternatives.IsEmpty ? [] : Pad(points.Alternatives.AsSpan());
        }

        public PackedFeatures Packed { get; }

        public AlignedBuffer Logits0 { get; }

        public AlignedBuffer Logits1 { get; }

        public AlignedBuffer Slopes0 { get; }

        public AlignedBuffer Slopes1 { get; }

        /// <summary>The terms' slopes at the points whose logits are given, from one point on.</summary>
        public void Slopes((ILogitLoss Loss, double Weight)[] terms, int first, ReadOnlySpan<double> logits, Span<double> slopes)
        {
            slopes.Clear();
            var points = new LogitSpans
            {
                Policy = logits,
                Reference = reference.AsSpan(first, logits.Length),
                Labels = labels.AsSpan(first, logits.Length),
                Alternatives = alternatives.Length == 0 ? [] : alternatives.AsSpan(first, logits.Length),
                Count = Packed.Count,
            };
            foreach (var (loss, weight) in terms) loss.AddSlopes(in points, weight, slopes);
        }

        private double[] Pad(ReadOnlySpan<double> values)
        {
            var padded = new double[Packed.PaddedCount];
            values.CopyTo(padded);
            return padded;
        }
    }
}
