namespace Unlearn.Data;

/// <summary>Which retain row and which alternate answer stand beside a row to forget.</summary>
public enum Pairing
{
    /// <summary>
    /// New ones each time, drawn from the plan's seed, as in TOFU's code; retain rows without replacement, so that each is seen before
    /// any is seen again.
    /// </summary>
    Fresh,

    /// <summary>
    /// A fixed function of the row's number i, for all epochs and seeds, as in the NPO authors' code, which resets its generator to i:
    /// retain row <c>(i + u(i) mod R) mod R</c>, alternate <c>u(i) mod A</c> with <see cref="MersenneTwister.First">u</see>, R retain rows
    /// and A alternates.
    /// </summary>
    Authors,
}
