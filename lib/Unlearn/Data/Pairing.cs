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

    /// <summary>
    /// A fixed function of i too, as in the code of A Closer Look: retain row <c>(i + u₁(i) mod R) mod R</c> and refusal
    /// <c>u₂(i) mod A</c>, the second output of the same generator. The refusal serves the retain row's question as well.
    /// </summary>
    CloserLook,
}
