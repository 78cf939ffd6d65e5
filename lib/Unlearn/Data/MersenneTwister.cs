namespace Unlearn.Data;

/// <summary>The first two numbers of the generator MT19937, all that the published pairings of rows draw from it.</summary>
/// <remarks>
/// <code>
///   x₀ = seed,   xᵢ = 1812433253 · (xᵢ₋₁ ⊕ xᵢ₋₁≫30) + i      (mod 2³²)
///   yᵢ = xᵢ₊₃₉₇ ⊕ (upper bit of xᵢ, lower 31 bits of xᵢ₊₁)≫1 ⊕ (9908B0DF₁₆ where xᵢ₊₁ is odd),   then tempered
/// </code>
/// Written by hand because a library's generator need not hand out the raw 32 bits that PyTorch takes.
/// <para>Matsumoto, Nishimura, 1998. Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator.</para>
/// </remarks>
public static class MersenneTwister
{
    private const int Shift = 397;

    /// <summary>u(seed): the first 32-bit output after seeding.</summary>
    /// <param name="seed">The seed, as <c>torch.manual_seed</c> takes it.</param>
    public static uint First(uint seed) => Output(seed, 0);

    /// <summary>The second 32-bit output after seeding.</summary>
    /// <param name="seed">The seed, as <c>torch.manual_seed</c> takes it.</param>
    public static uint Second(uint seed) => Output(seed, 1);

    private static uint Output(uint seed, int number)
    {
        unchecked
        {
            var x = seed;
            var (here, next) = (seed, 0u);
            for (var i = 1; i <= Shift + number; i++)
            {
                x = 1812433253 * (x ^ (x >> 30)) + (uint)i;
                if (i == number) here = x;
                if (i == number + 1) next = x;
            }
            var y = x ^ (((here & 0x80000000) | (next & 0x7FFFFFFF)) >> 1) ^ ((next & 1) * 0x9908B0DF);
            y ^= y >> 11;
            y ^= (y << 7) & 0x9D2C5680;
            y ^= (y << 15) & 0xEFC60000;
            return y ^ (y >> 18);
        }
    }
}
