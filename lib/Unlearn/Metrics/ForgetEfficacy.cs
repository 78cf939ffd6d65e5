namespace Unlearn.Metrics;

/// <summary>How far a model is from the answers that it should have forgotten.</summary>
/// <remarks>
/// <code>
///   FE = 1 − mean(R, P, TR, CS, ES)         of the forget set, TR complemented: <see cref="TruthRatio.MeasureForgetComplemented"/>
/// </code>
/// <para>
/// Range 0 … 1. About 0.1 before unlearning; a model that never saw the rows has about 0.6, so what is above is further from the answers than
/// ignorance is, and gibberish scores best. No retrained model is compared with, and token entropy is left out since it has no truth.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024 (A Closer Look). <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class ForgetEfficacy
{
    /// <summary>FE.</summary>
    /// <param name="rouge">ROUGE-L recall.</param>
    /// <param name="probability">Probability per token.</param>
    /// <param name="truthRatio">The complemented truth ratio.</param>
    /// <param name="cosineSimilarity">Cosine similarity of answers and truths.</param>
    /// <param name="entailmentScore">Share of answers that entail the truth.</param>
    /// <exception cref="ArgumentException">A number is outside 0 … 1 or NaN.</exception>
    public static double Of(double rouge, double probability, double truthRatio, double cosineSimilarity, double entailmentScore)
    {
        double[] numbers = [rouge, probability, truthRatio, cosineSimilarity, entailmentScore];
        foreach (var (index, number) in numbers.Index())
        {
            if (number is >= 0 and <= 1) continue;
            throw new ArgumentException($"Number {index} of forget efficacy is {number}; expected 0 to 1.");
        }
        return 1 - numbers.Average();
    }
}
