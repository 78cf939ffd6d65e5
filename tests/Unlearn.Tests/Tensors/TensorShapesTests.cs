using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Tests.Tensors;

[NoTensorLeaks]
public sealed class TensorShapesTests
{
    [Fact]
    public void A_tensor_of_the_expected_shape_is_returned_itself()
    {
        using var logits = zeros(2, 3);

        Assert.Same(logits, logits.Expect([2, 3]));
        Assert.Same(logits, logits.Expect([TensorShapes.Any, 3]));
        Assert.Same(logits, logits.Expect([TensorShapes.Any, TensorShapes.Any]));
    }

    [Fact]
    public void A_wrong_size_is_reported_with_the_tensors_name_and_both_shapes()
    {
        using var logits = zeros(2, 3);

        var error = Assert.Throws<ArgumentException>(() => logits.Expect([TensorShapes.Any, 5]));
        Assert.StartsWith("logits should have shape [*, 5] but has [2, 3].", error.Message, StringComparison.Ordinal);
        Assert.Equal("logits", error.ParamName);
    }

    [Fact]
    public void Neither_fewer_nor_more_dimensions_fit()
    {
        using var scope = NewDisposeScope();
        var (number, table) = (tensor(1.0), zeros(2, 3));

        Assert.Contains("shape [*] but has [].", Message(() => number.Expect([TensorShapes.Any])), StringComparison.Ordinal);
        Assert.Contains("shape [2] but has [2, 3].", Message(() => table.Expect([2])), StringComparison.Ordinal);
        Assert.Contains("shape [2, 3, *] but has [2, 3].", Message(() => table.Expect([2, 3, TensorShapes.Any])), StringComparison.Ordinal);
        Assert.Contains("shape [] but has [2, 3].", Message(() => table.Expect([])), StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
