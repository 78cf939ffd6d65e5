using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Scopes;

public sealed class HandleTests
{
    [Fact]
    public void A_disposed_tensor_is_refused_by_name()
    {
        var tensor = ones(2);
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor + 1);
        Assert.Throws<ObjectDisposedException>(() => tensor.shape);
        Assert.Throws<ObjectDisposedException>(() => tensor.Handle);
        Assert.Throws<ObjectDisposedException>(() => cat([ones(1), tensor]));
    }

    [Fact]
    public void An_accessor_of_a_disposed_tensor_reads_no_freed_memory()
    {
        var tensor = ones(2);
        var numbers = tensor.data<float>();
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => numbers[0]);
        Assert.Throws<ObjectDisposedException>(numbers.ToArray);
    }

    [Fact]
    public void Forgotten_tensors_are_freed_by_the_finalizer()
    {
        Collect();
        var before = Tensor.TotalCount;
        Forget();
        Assert.True(Tensor.TotalCount >= before + 100);
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Disposing_while_another_thread_computes_is_either_in_time_or_an_exception()
    {
        Collect();
        var before = Tensor.TotalCount;
        for (var round = 0; round < 200; round++)
        {
            var shared = ones(64, 64);
            using var ready = new Barrier(2);
            var refused = false;
            var worker = new Thread(() =>
            {
                ready.SignalAndWait();
                try
                {
                    for (var k = 0; k < 5; k++) shared.matmul(shared).Dispose();
                }
                catch (ObjectDisposedException)
                {
                    refused = true;
                }
            });
            worker.Start();
            ready.SignalAndWait();
            shared.Dispose();
            worker.Join();
            Assert.True(refused || shared.IsInvalid);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Operators_leave_nothing_behind_but_their_results()
    {
        Collect();
        var before = Tensor.TotalCount;
        Compute();
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
        using (var scope = NewDisposeScope())
        {
            var (a, b) = (randn(4, 4), randn(4, 4));
            _ = a[1..3, 2];
            _ = a[a > 0];                       // the mask and the numbers
            a[.., 1..2] = b[.., 0..1];          // the value
            _ = 2.0 / a;
            a.add_(b).mul_(0.5);
            Assert.Equal(7, scope.DisposablesCount);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Compute()
    {
        using var a = randn(4, 4);
        a[0, 1] = 3;
        (1 - a).Dispose();
        foreach (var part in a.chunk(2)) part.Dispose();
        var (values, places) = a.topk(2);
        values.Dispose();
        places.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (var k = 0; k < 100; k++) _ = ones(3);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
