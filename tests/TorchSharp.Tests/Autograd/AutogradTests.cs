using static TorchSharp.torch;

namespace TorchSharp.Tests.Autograd;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_adds_to_the_gradients_of_the_leaves()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2, 3 }, requires_grad: true);
        Assert.Null(x.grad);
        x.pow(2).sum().backward();
        x.sum().backward();
        Assert.Equal([3, 5, 7], x.grad!.data<double>());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones(3, ScalarType.Float64);
        Assert.Equal(3, x.grad!.sum().item<double>());
    }

    [Fact]
    public void Weights_of_a_vector_valued_root_are_given_as_grad_tensors()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2 }, requires_grad: true);
        x.pow(2).backward([tensor(new[] { 10.0, 100 })]);
        Assert.Equal([20, 400], x.grad!.data<double>());
    }

    [Fact]
    public void A_graph_is_freed_unless_it_is_retained()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var y = x.pow(3).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal(24, x.grad!.item<double>());
        var error = Assert.ThrowsAny<Exception>(() => y.backward());
        Assert.Contains("second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_of_gradients_come_of_create_graph()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal((12.0, 12.0), (first.item<double>(), second.item<double>()));
        Assert.Null(x.grad);
    }

    [Fact]
    public void An_unused_input_has_no_gradient_where_that_is_allowed()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(1).requires_grad_(), ones(1).requires_grad_());
        Assert.Null(autograd.grad([x * 2], [y], allow_unused: true)[0]);
        Assert.ThrowsAny<Exception>(() => autograd.grad([x * 2], [y]));
    }

    [Fact]
    public void Only_the_named_inputs_gather_gradients()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(1).requires_grad_(), ones(1).requires_grad_());
        autograd.backward((x * y).sum(), inputs: [x]);
        Assert.NotNull(x.grad);
        Assert.Null(y.grad);
    }

    [Fact]
    public void An_intermediate_keeps_its_gradient_on_request()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var middle = x * 3;
        middle.retain_grad();
        middle.sum().backward();
        Assert.Equal([1f, 1f], middle.grad!.data<float>());
    }

    [Fact]
    public void Detached_tensors_and_no_grad_record_nothing()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        Assert.False(x.detach().requires_grad);
        using (no_grad()) Assert.False((x * 2).requires_grad);
        using (inference_mode()) Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void A_root_without_a_graph_is_refused_with_LibTorchs_words()
    {
        using var x = ones(1);
        var error = Assert.ThrowsAny<Exception>(x.backward);
        Assert.Contains("does not require grad", error.Message, StringComparison.Ordinal);
    }
}
