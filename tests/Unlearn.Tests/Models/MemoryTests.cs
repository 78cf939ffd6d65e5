using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Tests.Data;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>What reading and training are promised to take at most, measured by the native memory that is held at once.</summary>
[NoTensorLeaks]
public sealed class MemoryTests : IDisposable
{
    private const long Slack = 4L << 20;        // small tensors, and what the runtime itself takes from the same allocator

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The largest tensor, the table of tokens, has a fourth of the numbers; in bfloat16 it passes through memory of its own.
    [Theory, InlineData(ScalarType.Float32, null), InlineData(ScalarType.BFloat16, null), InlineData(ScalarType.BFloat16, 5_000_000L)]
    public void A_checkpoint_is_read_with_no_more_than_its_largest_tensor_beside_the_model(ScalarType type, long? shard)
    {
        var shape = new LlamaShape(Vocabulary: 10_000, Width: 256, Layers: 8, Heads: 4, KeyValueHeads: 2, FeedForward: 1024);
        using (var written = new Llama(shape)) ModelWeights.Save(folder.Path, written.state_dict(), type, shard);
        var (all, largest) = (sizeof(float) * shape.Parameters, SafeTensorsEntry.SizeOf(type) * shape.Vocabulary * shape.Width);
        LanguageModel? model = null;
        var peak = NativeMemory.Peak(() => model = CheckpointWeights.Load(folder.Path, shape.Build));
        using var _ = model;

        Assert.InRange(peak, all, all + largest + Slack);
    }

    // All logits of the large vocabulary are 161 MB, and their gradient is as much again.
    [Fact]
    public void A_step_of_training_grows_with_its_tokens_and_hardly_with_the_vocabulary()
    {
        const long width = 32, small = 1_000, large = 20_000, logits = 1 << 18;
        var few = StepPeak(small, rows: 8, logits);
        var many = StepPeak(small, rows: 32, logits);
        var wide = StepPeak(large, rows: 32, logits);
        var whole = StepPeak(large, rows: 32, long.MaxValue);

        Assert.True(many >= 2 * few && many <= 6 * few, $"{few} bytes for 8 rows, {many} for 32");
        // Gradients of the table of tokens, as table and as head, their sums and the update; and three times a chunk of logits.
        Assert.InRange(wide - many, -Slack, (10 * sizeof(float) * (large - small) * width) + (3 * sizeof(float) * logits) + Slack);
        Assert.InRange(whole - wide, sizeof(float) * 32 * 63 * large, long.MaxValue);

        static long StepPeak(long vocabulary, int rows, long logits)
        {
            const int tokens = 64;
            random.manual_seed(1);
            using var model = new Llama(
                new(vocabulary, width, Layers: 4, Heads: 4, KeyValueHeads: 2, FeedForward: 88, Context: tokens));
            var ids = Enumerable.Range(0, tokens).Select(k => k * 37 % (int)small).ToArray();
            var plan = new TrainingPlan(Steps: 4, LearningRate: 1e-3, BatchSize: rows, LogitsAtOnce: logits);
            using var run = FineTuning.Run(model, [.. Enumerable.Repeat(new EncodedRow(ids, 1), rows)], plan).GetEnumerator();
            Assert.True(run.MoveNext());            // averages are there from here on
            return Enumerable.Range(0, 3).Max(_ => NativeMemory.Peak(() => Assert.True(run.MoveNext())));
        }
    }
}
