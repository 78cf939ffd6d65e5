using static TorchSharp.torch;

namespace TorchSharp.Tests.Robustness;

public sealed class BadCallTests
{
    private const int Calls = 100_000, Settled = 50_000;

    [Fact]
    public void A_hundred_thousand_random_bad_calls_leave_the_process_alive_and_nothing_behind()
    {
        var measured = OwnProcess.Call(CallBadly);

        Assert.InRange(measured[0], Calls / 3, Calls - 1);
        Assert.Equal(0, measured[1]);
        Assert.InRange(measured[3], 0, measured[2] * 1.02 + (8 << 20));
    }

    /// <summary>Refused calls; tensors left; resident memory half way and at the end. Throws when the library does not work afterwards.</summary>
    private static double[] CallBadly()
    {
        var calls = new BadCalls(seed: 1);
        var (refused, resident) = (0, 0.0);
        for (var k = 0; k < Calls; k++)
        {
            if (k == Settled) resident = ProcessMemory.Anonymous();
            if (calls.Next()) refused++;
        }
        var atEnd = ProcessMemory.Anonymous();
        var left = Tensor.TotalCount;

        Assert.True(is_grad_enabled());
        Assert.Null(CurrentDisposeScope);
        using var sane = ones(2, 2).matmul(ones(2, 2));
        Assert.Equal([2f, 2, 2, 2], sane.data<float>());
        return [refused, left, resident, atEnd];
    }

    [Fact]
    public void An_absurd_number_of_parts_is_refused_before_room_is_made_for_them()
    {
        using var nothing = zeros([0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => nothing.chunk(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => nothing.tensor_split(1L << 40));
        Assert.Equal(3, nothing.chunk(3).Length);
    }
}
