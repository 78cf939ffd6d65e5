namespace Unlearn.Metrics.Quality;

/// <summary>Logistic regression on sparse rows: the one minimum of a convex function, whatever the order of the rows.</summary>
/// <remarks>
/// <code>
///   min over w, b of   Σᵢ cᵢ ln(1 + exp(−yᵢ (w · xᵢ + b))) / Σᵢ cᵢ  +  λ/2 ‖w‖²        yᵢ = ±1, b is not penalised
/// </code>
/// <para>
/// Newton's method with directions from conjugate gradients, which need no matrix: H p is a pass over the rows. Plain loops in a fixed
/// order, so the same rows give the same bits everywhere.
/// </para>
/// <para>Lin, Weng, Keerthi, 2008, “Trust region Newton method for logistic regression”, JMLR 9, 627–650 (here with a line search).</para>
/// </remarks>
internal sealed class LogisticRegression
{
    private const int MostSteps = 100, MostDirections = 250;
    private const double Flat = 1e-8, Armijo = 1e-4;

    // The last entry is b.
    private readonly double[] weights;

    private LogisticRegression(double[] weights) => this.weights = weights;

    /// <summary>w · x + b: the log-odds that the label is true.</summary>
    public double LogOdds(SparseVector x) => x.Dot(weights) + weights[^1];

    /// <summary>P(true | x).</summary>
    public double Probability(SparseVector x) => Sigmoid(LogOdds(x));

    /// <summary>w and, last, b.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>Fits.</summary>
    /// <param name="rows">Rows with label and importance c > 0; at least one of each label.</param>
    /// <param name="dimensions">The length of w.</param>
    /// <param name="penalty">λ > 0.</param>
    public static LogisticRegression Fit(
        IReadOnlyList<(SparseVector X, bool Label, double Importance)> rows, int dimensions, double penalty)
    {
        if (rows.All(row => row.Label) || !rows.Any(row => row.Label))
            throw new ArgumentException($"{rows.Count} rows are all of one label; expected some of each.", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);

        var total = rows.Sum(row => row.Importance);
        var problem = new Problem([.. rows.Select(row => (row.X, row.Label ? 1.0 : -1, row.Importance / total))], penalty);
        var w = new double[dimensions + 1];
        var (value, gradient, curvature) = problem.At(w);
        for (var step = 0; step < MostSteps && Norm(gradient) > Flat; step++)
        {
            var direction = Direction(problem, gradient, curvature);
            var slope = Dot(gradient, direction);
            for (var length = 1.0; ; length /= 2)
            {
                double[] next = [.. w.Zip(direction, (at, along) => at + length * along)];
                var there = problem.At(next);
                // Near the minimum the last bits of the value decide nothing; a direction of Newton's is taken whole there.
                if (there.Value > value + Armijo * length * slope && -slope > 1e-14 && length > 1e-6) continue;
                (w, value, gradient, curvature) = (next, there.Value, there.Gradient, there.Curvature);
                break;
            }
        }
        return new(w);
    }

    internal static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    // Conjugate gradients on H p = −g, as exactly as the distance to the minimum deserves.
    private static double[] Direction(Problem problem, double[] gradient, double[] curvature)
    {
        var p = new double[gradient.Length];
        double[] residual = [.. gradient.Select(g => -g)], along = [.. residual];
        var (size, enough) = (Dot(residual, residual), Math.Min(0.1, Math.Sqrt(Norm(gradient))) * Norm(gradient));
        for (var k = 0; k < MostDirections && Math.Sqrt(size) > enough; k++)
        {
            var turned = problem.Curve(along, curvature);
            var a = size / Dot(along, turned);
            for (var i = 0; i < p.Length; i++)
            {
                p[i] += a * along[i];
                residual[i] -= a * turned[i];
            }
            var left = Dot(residual, residual);
            for (var i = 0; i < p.Length; i++) along[i] = residual[i] + left / size * along[i];
            size = left;
        }
        return p;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    /// <summary>The function to minimise; weights have b behind them.</summary>
    private sealed class Problem((SparseVector X, double Y, double Share)[] rows, double penalty)
    {
        /// <summary>Value, gradient, and each row's share of the second derivative.</summary>
        public (double Value, double[] Gradient, double[] Curvature) At(double[] w)
        {
            var (value, gradient, curvature) = (0.0, new double[w.Length], new double[rows.Length]);
            for (var j = 0; j < w.Length - 1; j++)
            {
                value += penalty / 2 * w[j] * w[j];
                gradient[j] = penalty * w[j];
            }
            foreach (var (i, (x, y, share)) in rows.Index())
            {
                var margin = y * (x.Dot(w) + w[^1]);
                var wrong = Sigmoid(-margin);
                value += share * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
                x.AddTo(gradient, -share * y * wrong);
                gradient[^1] -= share * y * wrong;
                curvature[i] = share * wrong * (1 - wrong);
            }
            return (value, gradient, curvature);
        }

        /// <summary>H p.</summary>
        public double[] Curve(double[] p, double[] curvature)
        {
            double[] turned = [.. p.Select(each => penalty * each)];
            turned[^1] = 0;
            foreach (var (i, (x, _, _)) in rows.Index())
            {
                var along = curvature[i] * (x.Dot(p) + p[^1]);
                x.AddTo(turned, along);
                turned[^1] += along;
            }
            return turned;
        }
    }
}
