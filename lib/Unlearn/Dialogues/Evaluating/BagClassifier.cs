using System.Collections.Immutable;
using TorchSharp.Modules;
using Unlearn.Data.World;
using static TorchSharp.torch;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>A small classifier of texts by their words, for one kind of dialogue.</summary>
/// <remarks>
/// <code>
///   s = σ( w · relu( A e + a ) + b )        e = mean over words of an embedding of width 32,   A: 32 × 32
/// </code>
/// Binary cross-entropy, AdamW, batches drawn by the seed. In training each word becomes nameless now and then, so that names never met do
/// not decide.
/// </remarks>
internal sealed class BagClassifier : nn.Module<Tensor, Tensor>
{
    private const int Width = 32, BatchSize = 64;
    private const double LearningRate = 1e-2, WeightDecay = 1e-2, NamelessShare = 0.15;

    private readonly Linear embed, inner, head;
    private readonly BagOfWords bag;

    private BagClassifier(BagOfWords bag, long seed) : base(nameof(BagClassifier))
    {
        this.bag = bag;
        (embed, inner, head) = (nn.Linear(bag.Size, Width, hasBias: false), nn.Linear(Width, Width), nn.Linear(Width, 1));
        RegisterComponents();
        using var _ = no_grad();
        using var generator = new Generator((ulong)seed);
        nn.init.normal_(embed.weight, 0, 1, generator);
        nn.init.normal_(inner.weight, 0, Math.Sqrt(2.0 / Width), generator);
        nn.init.normal_(head.weight, 0, Math.Sqrt(1.0 / Width), generator);
        nn.init.zeros_(inner.bias!);
        nn.init.zeros_(head.bias!);
    }

    /// <summary>[B, W] shares of words → [B] logits.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return head.forward(inner.forward(embed.forward(input)).relu()).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Trains a classifier.</summary>
    /// <param name="rows">Words with label; both labels must occur.</param>
    /// <param name="steps">Updates.</param>
    /// <param name="seed">Decides weights, batches and nameless words.</param>
    /// <exception cref="ArgumentException">All rows have one label.</exception>
    public static BagClassifier Train(IReadOnlyList<(ImmutableArray<string> Words, bool Label)> rows, int steps, long seed)
    {
        if (rows.All(row => row.Label) || !rows.Any(row => row.Label))
            throw new ArgumentException($"A classifier needs rows of both labels, but all of {rows.Count} have one.", nameof(rows));
        var model = new BagClassifier(new(rows.SelectMany(row => row.Words)), seed);
        using var optimizer = optim.AdamW(model.parameters(), LearningRate, weight_decay: WeightDecay);
        var random = new SplitMix64((ulong)seed).For("batches");
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            // Drawn as they are, rare positives rarely: balanced batches would spoil the scores as probabilities.
            (ImmutableArray<string> Words, bool Label)[] batch =
                [.. Enumerable.Range(0, BatchSize).Select(_ => rows[random.Below(rows.Count)])];
            using var input = model.bag.Counts([.. batch.Select(row => Nameless(row.Words, random))]);
            using var target = tensor(batch.Select(row => row.Label ? 1f : 0).ToArray());
            optimizer.zero_grad();
            nn.functional.binary_cross_entropy_with_logits(model.forward(input), target).backward();
            optimizer.step();
        }
        return model;
    }

    /// <summary>The score of each text, 0 … 1.</summary>
    /// <param name="texts">Words of each.</param>
    public double[] Score(IReadOnlyList<ImmutableArray<string>> texts)
    {
        using var _ = no_grad();
        return [.. texts.Chunk(1024).SelectMany(chunk =>
        {
            using var scope = NewDisposeScope();
            return forward(bag.Counts(chunk)).sigmoid().to(float64).data<double>().ToArray();
        })];
    }

    private static ImmutableArray<string> Nameless(ImmutableArray<string> words, SplitMix64 random) =>
        [.. words.Select(word => word[0] != '⟨' && random.Below(1000) < 1000 * NamelessShare ? "" : word)];
}
