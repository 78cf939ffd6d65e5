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
        if (options.TopK is null && options.TopP is null) return FromAll(probabilities, uniform, factor);

        var ids = Candidates(probabilities, options, factor * factor);
        var mine = new float[ids.Length];
        for (var i = 0; i < ids.Length; i++) mine[i] = probabilities[ids[i]];
        var kept = new Kept[ids.Length];
        var whole = 0.0;
        foreach (var probability in probabilities) whole += probability;
        var inside = Truncate(mine, options.TopK ?? int.MaxValue, options.TopP ?? 1, whole, factor * factor, kept);
        var mass = 0.0;
        for (var i = 0; i < mine.Length; i++)
            if (inside[i]) mass += mine[i];
        var (place, before) = (-1, 0.0);
        for (var i = 0; i < mine.Length; i++)
        {
            if (!inside[i] || mine[i] == 0) continue;
            place = i;                                              // the last one also takes what summing rounded away
            if (before + mine[i] > uniform * mass) break;
            before += mine[i];
        }
        return new(ids[place], kept[place] == Kept.Yes && IsCertain(mine, kept, place, uniform, factor));
    }

    private static TokenDraw FromAll(ReadOnlySpan<float> probabilities, double uniform, double factor)
    {
        double mass = 0, before = 0;
        foreach (var probability in probabilities) mass += probability;
        var (token, reached) = (-1, false);
        for (var id = 0; id < probabilities.Length && !reached; id++)
        {
            if (probabilities[id] == 0) continue;
            if (token >= 0) before += probabilities[token];
            token = id;                                             // the last one also takes what summing rounded away
            reached = before + probabilities[id] > uniform * mass;
        }
        double own = probabilities[token], after = Math.Max(0, mass - before - own);
        return new(token, Holds(uniform, before, before, own, after, after, factor));
    }

    /// <summary>The ids that could be kept, rising: without top-k, not those that even together would stand below top-p's border.</summary>
    private static int[] Candidates(ReadOnlySpan<float> probabilities, SamplingOptions options, double ratio)
    {
        var spare = options is { TopK: null, TopP: { } p } ? 1 - p * ratio : 0;
        var least = spare > 0 ? spare / 2 / probabilities.Length : 0;
        var (ids, count) = (new int[probabilities.Length], 0);
        for (var id = 0; id < probabilities.Length; id++)
            if (probabilities[id] >= least) ids[count++] = id;
        return count > 0 ? ids[..count] : [.. Enumerable.Range(0, probabilities.Length)];
    }

    private static bool IsCertain(ReadOnlySpan<float> probabilities, ReadOnlySpan<Kept> kept, int place, double uniform, double factor)
    {
        double least = 0, most = 0, leastAfter = 0, mostAfter = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (i == place || kept[i] == Kept.No) continue;
            var (sure, perhaps) = (kept[i] == Kept.Yes ? probabilities[i] : 0.0, (double)probabilities[i]);
            if (i < place) (least, most) = (least + sure, most + perhaps);
            else (leastAfter, mostAfter) = (leastAfter + sure, mostAfter + perhaps);
        }
        return Holds(uniform, least, most, probabilities[place], leastAfter, mostAfter, factor);
    }

    private static bool Holds(
        double uniform, double least, double most, double own, double leastAfter, double mostAfter, double factor) =>
        most * factor <= uniform * (most * factor + (own + leastAfter) / factor)
            && (least + own) / factor > uniform * ((least + own) / factor + mostAfter * factor);

    /// <summary>Which places top-k and top-p keep, and which of them would be kept whatever the rounding.</summary>
    private static bool[] Truncate(
        ReadOnlySpan<float> probabilities, int k, double p, double whole, double ratio, Span<Kept> kept)
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
        if (count == order.Length) total = whole;                   // of what is no candidate too

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

    /// <summary>Equal ones in order, so that exactly k can be kept. The bits of floats that are not negative have the floats' order.</summary>
    private static int[] ByFallingProbability(ReadOnlySpan<float> probabilities)
    {
        var keys = new ulong[probabilities.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = ((ulong)~BitConverter.SingleToUInt32Bits(probabilities[i]) << 32) | (uint)i;
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }
}
