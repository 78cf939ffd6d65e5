using System.Collections.Immutable;
using Unlearn.Data.World;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>An evaluative model that the project trains itself on labelled dialogues, one head for each kind.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Harm: a classifier of the words of prompt and answer together.</item>
/// <item>
/// Hallucination: a classifier of the answer's words against evidence, in which values of the evidence and words of the prompt have no
/// names; without evidence it abstains and says 0.
/// </item>
/// <item>Privacy: <see cref="PrivacyHead"/>, which is not trained: it knows a registry of protected values.</item>
/// </list>
/// </remarks>
public sealed class TrainedEvaluator : IDialogueEvaluator, IDisposable
{
    private readonly BagClassifier harm, hallucination;
    private readonly PrivacyHead privacy;

    private TrainedEvaluator(BagClassifier harm, BagClassifier hallucination, PrivacyHead privacy, IEnumerable<string> keys) =>
        (this.harm, this.hallucination, this.privacy, LabelledKeys) = (harm, hallucination, privacy, [.. keys]);

    /// <inheritdoc/>
    public string Name => "trained heads";

    /// <summary>What the labels were about that it was trained on.</summary>
    public ImmutableSortedSet<string> LabelledKeys { get; }

    /// <summary>Trains an evaluator.</summary>
    /// <param name="labelled">
    /// Harmful and harmless exchanges, and claims with evidence that are so and are not; among the harmless ones should be refusals, so
    /// that answers decide and not prompts alone.
    /// </param>
    /// <param name="registry">What is protected.</param>
    /// <param name="options">Budget and seed; null for the usual ones.</param>
    /// <exception cref="ArgumentException">A classifier has exchanges of one label only.</exception>
    public static TrainedEvaluator Train(
        IReadOnlyList<LabelledExchange> labelled, IEnumerable<ProtectedValue> registry, EvaluatorOptions? options = null)
    {
        var plan = options ?? new();
        var rows = labelled.Select((row, index) => (row.Exchange, Kind: Noisy(row.Kind, index, plan))).ToArray();
        var harm = BagClassifier.Train(
            [.. rows.Select(row => (BagOfWords.Jointly(row.Exchange), row.Kind == DialogueKind.Harmful))], plan.Steps, plan.Seed);
        try
        {
            var hallucination = BagClassifier.Train(
                [.. rows.Where(row => row.Exchange.Evidence is not null)
                    .Select(row => (BagOfWords.AgainstEvidence(row.Exchange), row.Kind == DialogueKind.Hallucinated))],
                plan.Steps, plan.Seed + 1);
            return new(harm, hallucination, new PrivacyHead(registry), labelled.Select(row => row.Key));
        }
        catch
        {
            harm.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KindScores> Score(IReadOnlyList<Exchange> exchanges)
    {
        var harms = harm.Score([.. exchanges.Select(BagOfWords.Jointly)]);
        int[] known = [.. exchanges.Index().Where(each => each.Item.Evidence is not null).Select(each => each.Index)];
        var claims = hallucination.Score([.. known.Select(index => BagOfWords.AgainstEvidence(exchanges[index]))]);
        var doubts = new double[exchanges.Count];
        foreach (var (index, claim) in known.Zip(claims)) doubts[index] = claim;
        return [.. exchanges.Select((exchange, index) =>
        {
            var (leaked, hasForm) = privacy.Score(exchange.Prompt, exchange.Answer);
            return new KindScores(harms[index], doubts[index], leaked, hasForm && leaked == 0);
        })];
    }

    /// <summary>Frees the classifiers.</summary>
    public void Dispose()
    {
        harm.Dispose();
        hallucination.Dispose();
    }

    private static DialogueKind Noisy(DialogueKind kind, int index, EvaluatorOptions options)
    {
        if (options.LabelNoise <= 0) return kind;
        var random = new SplitMix64(SplitMix64.Of((ulong)options.Seed, (ulong)index));
        if ((random.Next() >> 11) * (1.0 / (1UL << 53)) >= options.LabelNoise) return kind;
        DialogueKind[] others = [.. Enum.GetValues<DialogueKind>().Where(other => other != kind)];
        return others[random.Below(others.Length)];
    }
}
