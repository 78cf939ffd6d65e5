using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Scoring;

namespace Unlearn.Dialogues;

/// <summary>A dialogue to be unlearned, as a model reads it.</summary>
/// <param name="Bad">Question and answer to be forgotten.</param>
/// <param name="Kind">What for; not <see cref="DialogueKind.Ordinary"/>.</param>
/// <param name="Expected">The cluster of answers that should take its place; chosen once, never changed.</param>
public sealed record ForgetItem(EncodedRow Bad, DialogueKind Kind, AnswerCluster Expected)
{
    /// <summary>The question with another answer.</summary>
    /// <param name="answer">The answer's tokens, its end included.</param>
    internal EncodedRow With(ReadOnlySpan<int> answer) => new([.. Bad.Ids.AsSpan(0, Bad.PromptLength), .. answer], Bad.PromptLength);
}

/// <summary>What dialogue unlearning draws from.</summary>
/// <param name="Forget">Dialogues to be unlearned.</param>
/// <param name="Normal">Ordinary ones, in the same prompt format; may be empty for objectives that read none.</param>
public sealed record DialogueRows(IReadOnlyList<ForgetItem> Forget, IReadOnlyList<EncodedRow> Normal)
{
    /// <summary>The clusters of every kind's pool, for logs and charts; of kinds whose questions have answers of their own none.</summary>
    public ImmutableSortedDictionary<DialogueKind, AnswerClusters> Pools { get; init; } =
        ImmutableSortedDictionary<DialogueKind, AnswerClusters>.Empty;

    /// <summary>
    /// The space that the clusters' means are in, and so distances: to be kept until unlearning is over. Null for the model's own at the
    /// start, no token dropped from the mean.
    /// </summary>
    public TokenDirections? Directions { get; init; }

    /// <summary>The kinds there are, in order.</summary>
    public ImmutableArray<DialogueKind> Kinds => [.. Forget.Select(item => item.Kind).Distinct().Order()];

    /// <summary>Encodes dialogues, puts pools of expected answers into clusters and gives every dialogue one.</summary>
    /// <param name="forget">Dialogues to be unlearned, each with a kind other than ordinary.</param>
    /// <param name="normal">Ordinary dialogues.</param>
    /// <param name="encoder">Makes texts into tokens.</param>
    /// <param name="directions">Directions of tokens; still the caller's.</param>
    /// <param name="options">How clusters are made; null for the usual way.</param>
    /// <param name="pools">Expected answers by kind; of a kind that is not named, all that its dialogues expect.</param>
    /// <exception cref="ArgumentException">A dialogue is ordinary, or nothing is expected in place of its answer.</exception>
    public static DialogueRows Of(
        IReadOnlyList<Dialogue> forget, IReadOnlyList<Dialogue> normal, RowEncoder encoder, TokenDirections directions,
        ClusterOptions? options = null, IReadOnlyDictionary<DialogueKind, ImmutableArray<string>>? pools = null)
    {
        var settings = options ?? new();
        if (forget.Any(dialogue => dialogue.Kind == DialogueKind.Ordinary))
            throw new ArgumentException("Dialogues to be unlearned should say what for, but one is ordinary.", nameof(forget));

        EncodedRow[] bad = [.. forget.Select(dialogue => encoder.Encode(dialogue.Prompt, dialogue.Answer))];
        var vectors = directions.Vectors([.. bad.Select(row => row.Ids[row.PromptLength..])]);
        var own = new Dictionary<string, AnswerCluster>(StringComparer.Ordinal);
        var made = ImmutableSortedDictionary.CreateBuilder<DialogueKind, AnswerClusters>();
        ForgetItem[] items = [.. forget.Select((dialogue, i) => new ForgetItem(bad[i], dialogue.Kind, ClusterOf(dialogue, vectors[i])))];
        return new(items, [.. normal.Select(dialogue => encoder.Encode(dialogue.Prompt, dialogue.Answer))])
        {
            Pools = made.ToImmutable(),
            Directions = directions,
        };

        AnswerCluster ClusterOf(Dialogue dialogue, double[] vector)
        {
            if (HasOwn(dialogue)) return Own(dialogue);
            if (!made.TryGetValue(dialogue.Kind, out var clusters))
                made[dialogue.Kind] = clusters = AnswerClusters.Of(Pool(dialogue), directions, settings);
            return clusters.Clusters[clusters.Assign(vector, settings.Guard)];
        }

        bool HasOwn(Dialogue dialogue) =>
            settings.PerQuestion && dialogue.Kind == DialogueKind.Hallucinated && dialogue.Expected.Length > 0;

        AnswerCluster Own(Dialogue dialogue)
        {
            var key = string.Join('\n', dialogue.Expected);
            if (own.TryGetValue(key, out var known)) return known;
            ExpectedAnswer[] answers = [.. dialogue.Expected.Select(text => Expected(dialogue, text))];
            return own[key] = AnswerCluster.Of(answers, directions.Vectors([.. answers.Select(answer => answer.Ids.ToArray())]));
        }

        ExpectedAnswer[] Pool(Dialogue first)
        {
            var texts = pools is not null && pools.TryGetValue(first.Kind, out var given) ? given
                : [.. forget.Where(dialogue => dialogue.Kind == first.Kind && !HasOwn(dialogue)).SelectMany(dialogue => dialogue.Expected)];
            if (texts.Length == 0)
            {
                throw new ArgumentException(
                    $"There should be answers in place of {first.Kind} ones, in a pool or with the dialogues, but there are none.",
                    nameof(forget));
            }
            return [.. texts.Distinct(StringComparer.Ordinal).Select(text => Expected(first, text))];
        }

        ExpectedAnswer Expected(Dialogue dialogue, string text) => new(text, [.. encoder.Answer(dialogue.Prompt, text)]);
    }
}
