using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

[NoTensorLeaks]
public sealed class FineTuningTests
{
    [Fact]
    public void Twelve_rows_are_learned_by_heart()
    {
        using var model = Birthplaces.Untrained();
        var losses = FineTuning.Run(model, Birthplaces.Encoded, Birthplaces.Plan).Select(report => report.Loss).ToArray();

        Assert.Equal(Math.Log(model.Vocabulary), losses[0], 0.2);      // an untrained model finds every token about equally likely
        Assert.InRange(losses[^1], 0, 0.05);
    }

    // Rows of 2 and 3 answer tokens: the mean over the batch's five tokens, not over its rows.
    [Fact]
    public void The_loss_is_the_mean_over_answer_tokens()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        Unlearn.Data.EncodedRow[] rows = [new([5, 6, 7, 8], 2), new([9, 4, 3, 2], 1)];
        var expected = -new[] { ([5, 6, 7, 8], 2), (new[] { 9, 4, 3, 2 }, 1) }.Sum(row =>
        {
            long[] ids = [.. row.Item1.Select(id => (long)id)];
            var log = model.forward(tensor(ids).unsqueeze(0)).log_softmax(-1);
            return Enumerable.Range(row.Item2, ids.Length - row.Item2).Sum(t => log[0, t - 1, ids[t]].item<float>());
        }) / 5;

        Assert.Equal(expected, FineTuning.Run(model, rows, new(1, 1e-3)).Single().Loss, 1e-5);
    }

    [Fact]
    public void Same_seed_same_bits_and_another_order_of_rows_other_bits()
    {
        static byte[] Run(long seed)
        {
            using var model = Birthplaces.Untrained();
            foreach (var _ in FineTuning.Run(model, Birthplaces.Encoded, new(6, 1e-2, BatchSize: 5, Seed: seed))) { }
            return Birthplaces.Bits(model);
        }

        var bits = Run(1);
        Assert.Equal(bits, Run(1));
        Assert.NotEqual(bits, Run(2));
    }

    [Fact]
    public void Updates_leave_no_tensors_behind()
    {
        using var model = Birthplaces.Untrained();
        long after = 0;
        foreach (var report in FineTuning.Run(model, Birthplaces.Encoded, new(20, 1e-3, BatchSize: 5)))
        {
            if (report.Step == 1) after = Tensor.TotalCount;
            Assert.Equal(after, Tensor.TotalCount);
        }
    }

    [Fact]
    public void No_rows_are_refused_at_once()
    {
        using var model = Birthplaces.Untrained();

        Assert.Throws<ArgumentException>(() => FineTuning.Run(model, [], Birthplaces.Plan));
    }
}
