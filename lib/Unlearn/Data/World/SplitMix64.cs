namespace Unlearn.Data.World;

/// <summary>A small random number generator with integer arithmetic only: the same numbers on every machine.</summary>
/// <remarks>
/// <code>
///   s ← s + 9E3779B97F4A7C15₁₆          (mod 2⁶⁴)
///   z ← (s ⊕ s≫30) · BF58476D1CE4E5B9₁₆
///   z ← (z ⊕ z≫27) · 94D049BB133111EB₁₆
///   output z ⊕ z≫31
/// </code>
/// <para>Steele, Lea, Flood, 2014. Fast splittable pseudorandom number generators. OOPSLA.</para>
/// </remarks>
public sealed class SplitMix64
{
    private readonly ulong seed;
    private ulong state;

    /// <summary>Starts the sequence that belongs to the seed.</summary>
    /// <param name="seed">Any number.</param>
    public SplitMix64(ulong seed) => this.seed = state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => unchecked(Mix(state += 0x9E3779B97F4A7C15));

    /// <summary>A number from 0 to <paramref name="bound"/> − 1, each exactly equally likely.</summary>
    /// <remarks>Multiply and take the high half; the few products that would favour some results are drawn again (Lemire, 2019).</remarks>
    /// <param name="bound">How many numbers there are to choose from, at least 1.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var unfair = unchecked(0 - range) % range;   // 2⁶⁴ mod range
        ulong high, low;
        do
        {
            high = Math.BigMul(Next(), range, out low);
        }
        while (low < unfair);
        return (int)high;
    }

    /// <summary>A copy of the items in random order (Fisher and Yates).</summary>
    /// <param name="items">The items; left as they are.</param>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        T[] order = [.. items];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>
    /// A generator of its own for one purpose. It depends on the seed and the purpose's name only, so that one more draw
    /// for one purpose changes nothing elsewhere.
    /// </summary>
    /// <param name="purpose">A name, hashed with FNV-1a.</param>
    public SplitMix64 For(string purpose)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in purpose) hash = unchecked((hash ^ letter) * 0x100000001B3);
        return new(Mix(seed ^ hash));
    }

    /// <summary>64 random bits that belong to a list of numbers: no state, so any of them can be had without those before it.</summary>
    /// <remarks><code>h ← 0,   then h ← mix(h + 9E3779B97F4A7C15₁₆ ⊕ w) for every w</code></remarks>
    /// <param name="words">The numbers, in order.</param>
    internal static ulong Of(params ReadOnlySpan<ulong> words)
    {
        var hash = 0UL;
        foreach (var word in words) hash = Mix(unchecked(hash + 0x9E3779B97F4A7C15) ^ word);
        return hash;
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
