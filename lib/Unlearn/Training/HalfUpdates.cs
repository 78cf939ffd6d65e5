namespace Unlearn.Training;

/// <summary>How weights in bfloat16 take updates, which are mostly smaller than the steps between their numbers.</summary>
/// <remarks>
/// bfloat16 has eight binary digits: 1 and 1.0078 are neighbours, and of an update of 0.001 to a weight of 1 nothing would be left. In each
/// way AdamW's averages are in float32. Bytes a weight, gradient included:
/// </remarks>
public enum HalfUpdates
{
    /// <summary>The weights that count are in float32; the model computes with their roundings: 20 bytes.</summary>
    Masters,

    /// <summary>What rounding took away is kept in bfloat16 and added to the next update (Kahan's sum): 14 bytes, sixteen binary digits.</summary>
    Compensated,

    /// <summary>Numbers are rounded up or down at random, so that many small updates come out right on average: 12 bytes.</summary>
    Stochastic,
}
