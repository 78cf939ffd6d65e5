using static TorchSharp.torch;

namespace TorchSharp.Tests.Scopes;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it_and_nothing_else()
    {
        var before = Tensor.TotalCount;
        using var outside = ones(2);
        var inside = default(Tensor);
        using (var scope = NewDisposeScope())
        {
            inside = ones(2) + 1;
            Assert.Equal(2, scope.DisposablesCount);
            Assert.True(scope.Contains(inside));
        }
        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        Assert.Equal(before + 1, Tensor.TotalCount);
    }

    [Fact]
    public void The_innermost_scope_of_the_thread_owns_new_tensors()
    {
        using var outer = NewDisposeScope();
        using (var inner = NewDisposeScope())
        {
            Assert.Same(inner, CurrentDisposeScope);
            _ = ones(1);
            Assert.Equal((0, 1), (outer.DisposablesCount, inner.DisposablesCount));
        }
        Assert.Same(outer, CurrentDisposeScope);
        _ = ones(1);
        Assert.Equal(1, outer.DisposablesCount);
    }

    [Fact]
    public void Scopes_of_other_threads_do_not_take_part()
    {
        using var scope = NewDisposeScope();
        var elsewhere = default(Tensor);
        var thread = new Thread(() => elsewhere = ones(1));
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        elsewhere!.Dispose();
    }

    [Fact]
    public void A_result_moved_outwards_outlives_its_scope()
    {
        using var outer = NewDisposeScope();
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = (ones(2) * 3).MoveToOuterDisposeScope();
        }
        Assert.Equal(3, kept[0].item<float>());
        Assert.True(outer.Contains(kept));
    }

    [Fact]
    public void Moved_out_of_the_outermost_scope_a_tensor_belongs_to_nobody()
    {
        Tensor kept;
        using (NewDisposeScope()) kept = ones(2).MoveToOuterDisposeScope();
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void A_detached_tensor_belongs_to_nobody_until_it_is_attached()
    {
        Tensor tensor;
        using (var scope = NewDisposeScope())
        {
            tensor = ones(2).DetachFromDisposeScope();
            Assert.Equal(0, scope.DisposablesCount);
        }
        Assert.False(tensor.IsInvalid);
        using (var scope = NewDisposeScope()) scope.Attach(tensor);
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Attaching_takes_a_tensor_from_its_owner()
    {
        using var outer = NewDisposeScope();
        var tensor = ones(1);
        using (var inner = NewDisposeScope())
        {
            inner.Attach(tensor);
            Assert.False(outer.Contains(tensor));
        }
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void A_scope_can_be_emptied_but_for_some()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(b);
        Assert.Equal((true, false, true), (a.IsInvalid, b.IsInvalid, c.IsInvalid));
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(b.IsInvalid);
    }

    [Fact]
    public void An_outer_scope_may_be_disposed_first()
    {
        var outer = NewDisposeScope();
        var early = ones(1);
        var inner = NewDisposeScope();
        var late = ones(1);
        outer.Dispose();
        Assert.Equal((true, false), (early.IsInvalid, late.IsInvalid));
        Assert.Same(inner, CurrentDisposeScope);
        late.MoveToOuterDisposeScope();
        inner.Dispose();
        Assert.False(late.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        late.Dispose();
    }

    [Fact]
    public void A_tensor_disposed_by_hand_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(1);
        tensor.Dispose();
        tensor.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_wrapped_expression_leaves_only_its_result()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        var result = WrappedTensorDisposeScope(() => ((x + 1) * 2).sum());
        Assert.Equal(12, result.item<float>());
        Assert.Equal(2, scope.DisposablesCount);
    }
}
