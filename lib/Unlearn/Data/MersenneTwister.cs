namespace Unlearn.Data;

/// <summary>The first number of the generator MT19937, all that the published pairing of rows draws from it.</summary>
/// <remarks>
/// <code>
///   x₀ = seed,   xᵢ = 1812433253 · (xᵢ₋₁ ⊕ xᵢ₋₁≫30) + i      (mod 2³²)
///   y  = x₃₉₇ ⊕ (upper bit of x₀, lower 31 bits of x₁)≫1 ⊕ (9908B0DF₁₆ where x₁ is odd),   then tempered
/// </code>
/// Written by hand because a library's generator need not hand out the raw 32 bits that PyTorch takes.
/// <para>Matsumoto, Nishimura, 1998. Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator.</para>
/// </remarks>
public static class MersenneTwister
{
    /// <summary>u(seed): the first 32-bit output after seeding.</summary>
    /// <param name="seed">The seed, as <c>torch.manual_seed</c> takes it.</param>
    public static uint First(uint seed)
    {
        unchecked
        {
            var (first, x) = (seed, seed);
            var second = 0u;
            for (uint i = 1; i <= 397; i++)
            {
                x = 1812433253 * (x ^ (x >> 30)) + i;
                if (i == 1) second = x;
            }
            var y = x ^ (((first & 0x80000000) | (second & 0x7FFFFFFF)) >> 1) ^ ((second & 1) * 0x9908B0DF);
            y ^= y >> 11;
            y ^= (y << 7) & 0x9D2C5680;
            y ^= (y << 15) & 0xEFC60000;
            return y ^ (y >> 18);
        }
    }
}
