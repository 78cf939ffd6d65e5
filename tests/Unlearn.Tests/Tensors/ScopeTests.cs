using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Tests.Tensors;

[NoTensorLeaks]
public sealed class ScopeTests
{
    [Fact]
    public void Only_the_result_is_left_and_it_belongs_to_the_callers_scope()
    {
        using var outer = NewDisposeScope();
        var before = Tensor.TotalCount;

        var result = Scope.Keep(() => (ones(3) + ones(3)) * Scope.Keep(() => ones(3) + 1));

        Assert.Equal(1, Tensor.TotalCount - before);
        Assert.Equal([result], outer.DisposablesView);
        Assert.Equal([4f, 4f, 4f], result.data<float>().ToArray());
    }

    [Fact]
    public void Without_a_scope_of_the_caller_the_result_lives_until_it_is_freed()
    {
        using var result = Scope.Keep(() => ones(3) + 1);

        Assert.Null(CurrentDisposeScope);
        Assert.Equal([2f, 2f, 2f], result.data<float>().ToArray());
    }

    [Fact]
    public void A_body_that_fails_leaves_nothing()
    {
        var before = Tensor.TotalCount;

        Assert.Throws<InvalidOperationException>(() => Scope.Keep(() =>
        {
            _ = ones(3) + ones(3);
            throw new InvalidOperationException();
        }));

        Assert.Equal(before, Tensor.TotalCount);
        Assert.Null(CurrentDisposeScope);
    }
}
