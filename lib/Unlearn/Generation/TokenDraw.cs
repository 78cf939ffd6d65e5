namespace Unlearn.Generation;

/// <summary>One token drawn from next-token probabilities, with the knowledge whether rounding could have changed it.</summary>
/// <remarks>
/// <para>
/// Tokens that are left by top-k and top-p stand in the order of their ids; the draw is the one whose stretch of the cumulative
/// probability holds the uniform number u.
/// </para>
/// <para>
/// Where every logit may be off by η, every unnormalised probability lies within a factor f = exp(η / temperature) of the one given. The
/// draw is certain when token t is kept and its stretch holds u for all of these:
/// </para>
/// <code>
///   A f / (A f + pₜ / f + B / f) ≤ u     most before t, least from t on
///   (A + pₜ) / f / ((A + pₜ) / f + B f) &gt; u     least up to t, most after it
/// </code>
/// <para>
/// with A and B the mass kept before and after t. A token that may or may not be kept counts where it does harm.
/// </para>
/// </remarks>
/// <param name="Token">The id.</param>
/// <param name="Certain">Whether logits within the tolerance give the same one.</param>
internal readonly record struct TokenDraw(int Token, bool Certain)
{
    private enum Kept : byte
    {
        Yes,
        Perhaps,
        No,
    }

    /// <summary>Draws.</summary>
    /// <param name="probabilities">Of each id, of logits over temperature; at least one positive, their sum near 1.</param>
    /// <param name="uniform">u in [0, 1).</param>
    /// <param name="options">Top-k, top-p and temperature.</param>
    /// <param name="tolerance">η, how far a logit may be off.</param>
    public static TokenDraw From(ReadOnlySpan<float> probabilities, double uniform, SamplingOptions options, double tolerance)
    {
        var factor = Math.Exp(tolerance / options.Temperature);
        Span<Kept> kept = probabilities.Length <= 4096 ? stackalloc Kept[probabilities.Length] : new Kept[probabilities.Length];
        kept.Clear();
        var inside = options.TopK is null && options.TopP is null
            ? null : Truncate(probabilities, options.TopK ?? int.MaxValue, options.TopP ?? 1, factor * factor, kept);

        var mass = 0.0;
        for (var id = 0; id < probabilities.Length; id++)
            if (inside?[id] ?? true) mass += probabilities[id];
        var (token, before, end) = (-1, 0.0, uniform * mass);
        for (var id = 0; id < probabilities.Length; id++)
        {
            if (!(inside?[id] ?? true) || probabilities[id] == 0) continue;
            token = id;                                             // the last one also takes what summing rounded away
            if (before + probabilities[id] > end) break;
            before += probabilities[id];
        }
        return new(token, kept[token] == Kept.Yes && IsCertain(probabilities, kept, token, uniform, factor));
    }

    private static bool IsCertain(ReadOnlySpan<float> probabilities, ReadOnlySpan<Kept> kept, int token, double uniform, double factor)
    {
        double least = 0, most = 0, leastAfter = 0, mostAfter = 0, own = probabilities[token];
        for (var id = 0; id < probabilities.Length; id++)
        {
            if (id == token || kept[id] == Kept.No) continue;
            var (sure, perhaps) = (kept[id] == Kept.Yes ? probabilities[id] : 0.0, (double)probabilities[id]);
            if (id < token) (least, most) = (least + sure, most + perhaps);
            else (leastAfter, mostAfter) = (leastAfter + sure, mostAfter + perhaps);
        }
        return most * factor <= uniform * (most * factor + (own + leastAfter) / factor)
            && (least + own) / factor > uniform * ((least + own) / factor + mostAfter * factor);
    }

    /// <summary>Which ids top-k and top-p keep, and which of them would be kept whatever the rounding.</summary>
    private static bool[] Truncate(ReadOnlySpan<float> probabilities, int k, double p, double ratio, Span<Kept> kept)
    {
        var order = ByFallingProbability(probabilities);
        var inside = new bool[order.Length];
        var count = Math.Min(k, order.Length);

        // Top-k: in doubt are those that might change places with one across the border.
        double total = 0, doubted = 0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            double own = probabilities[order[rank]];
            var doubt = count < order.Length
                && (rank < count ? own <= probabilities[order[count]] * ratio : own * ratio >= probabilities[order[count - 1]]);
            kept[order[rank]] = doubt ? Kept.Perhaps : rank < count ? Kept.Yes : Kept.No;
            inside[order[rank]] = rank < count;
            if (rank < count) total += own;
            if (doubt) doubted += own;
        }
        if (p >= 1) return inside;

        // Top-p: kept is what has less than p above it. Certainly above are the ranks up to first; those up to last may be.
        double above = 0, higher = 0, near = 0;
        for (var (rank, first, last) = (0, 0, 0); rank < order.Length; rank++)
        {
            double own = probabilities[order[rank]];
            while (last < order.Length && probabilities[order[last]] * ratio >= own) near += probabilities[order[last++]];
            for (; first < rank && probabilities[order[first]] > own * ratio; first++)
                (higher, near) = (higher + probabilities[order[first]], near - probabilities[order[first]]);
            var least = Math.Max(0, higher - doubted) / ratio / (total + doubted);
            var most = (higher + near - own + doubted) * ratio / Math.Max(double.Epsilon, total - doubted);
            if (above >= p * total) inside[order[rank]] = false;
            if (least >= p) kept[order[rank]] = Kept.No;
            else if (most >= p && kept[order[rank]] == Kept.Yes) kept[order[rank]] = Kept.Perhaps;
            above += own;
        }
        return inside;
    }

    /// <summary>Equal ones by id, so that exactly k can be kept. The bits of floats that are not negative have the floats' order.</summary>
    private static int[] ByFallingProbability(ReadOnlySpan<float> probabilities)
    {
        var keys = new ulong[probabilities.Length];
        for (var id = 0; id < keys.Length; id++) keys[id] = ((ulong)~BitConverter.SingleToUInt32Bits(probabilities[id]) << 32) | (uint)id;
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }
}
