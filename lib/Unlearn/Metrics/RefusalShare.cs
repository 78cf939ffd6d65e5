namespace Unlearn.Metrics;

/// <summary>Whether an answer refuses, also where it is no refusal word for word.</summary>
/// <remarks>
/// <code>refuses   ⇔   max over refusals r of recall(answer, r)  &gt;  max( ½, recall(answer, truth) )</code>
/// with ROUGE-L recall: most of some refusal is in the answer, and more of it than of the truth. Small models mix a refusal with other
/// sentences, which a comparison word for word does not count.
/// </remarks>
public static class RefusalShare
{
    private const double Most = 0.5;

    /// <summary>Whether an answer refuses.</summary>
    /// <param name="answer">What the model says.</param>
    /// <param name="truth">What it should say if it did not refuse.</param>
    /// <param name="refusals">Ways to refuse.</param>
    public static bool Refuses(string answer, string truth, IEnumerable<string> refusals)
    {
        var truthful = RougeL.Recall(truth, answer);
        return refusals.Any(refusal => RougeL.Recall(refusal, answer) is var recall && recall > Most && recall > truthful);
    }
}
