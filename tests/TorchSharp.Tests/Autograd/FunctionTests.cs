using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp.Tests.Autograd;

public sealed class FunctionTests
{
    [Fact]
    public void User_code_is_the_gradient()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, -2 }, requires_grad: true);
        var y = Scaled.apply(x, 3.0);
        Assert.True(y.requires_grad);
        y.pow(2).sum().backward();
        Assert.Equal([18, -36], x.grad!.data<double>());
    }

    [Fact]
    public void Several_arguments_and_results_keep_their_order()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(new[] { 2.0 }, requires_grad: true), tensor(new[] { 5.0 }, requires_grad: true));
        var results = ProductAndSum.apply("ignored", x, y);
        (results[0] * 10 + results[1]).sum().backward();
        Assert.Equal((51.0, 21.0), (x.grad!.item<double>(), y.grad!.item<double>()));
    }

    [Fact]
    public void An_unused_result_has_a_gradient_of_zeros()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(new[] { 2.0 }, requires_grad: true), tensor(new[] { 5.0 }, requires_grad: true));
        ProductAndSum.apply("ignored", x, y)[0].sum().backward();
        Assert.Equal((5.0, 2.0), (x.grad!.item<double>(), y.grad!.item<double>()));
    }

    [Fact]
    public void Second_derivatives_go_through_user_code()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = grad([Cubed.apply(x).sum()], [x], create_graph: true)[0];
        var second = grad([first.sum()], [x])[0];
        Assert.Equal((12.0, 12.0), (first.item<double>(), second.item<double>()));
    }

    [Fact]
    public void Nothing_is_recorded_where_nothing_needs_a_gradient()
    {
        using var scope = NewDisposeScope();
        Assert.False(Cubed.apply(ones(1)).requires_grad);
        using (no_grad()) Assert.False(Cubed.apply(ones(1).requires_grad_()).requires_grad);
    }

    [Fact]
    public void What_backward_throws_comes_out_of_the_call_to_backward()
    {
        using var scope = NewDisposeScope();
        var x = ones(1).requires_grad_();
        for (var k = 0; k < 10; k++)
        {
            var error = Assert.Throws<ExternalException>(() => Failing.apply(x, false).sum().backward());
            Assert.Contains("no gradient today", error.Message, StringComparison.Ordinal);
            Assert.IsType<NotSupportedException>(error.InnerException);
        }
        Cubed.apply(x).sum().backward();
        Assert.Equal(3, x.grad!.item<float>());
    }

    [Fact]
    public void What_forward_throws_comes_out_unchanged()
    {
        using var x = ones(1).requires_grad_();
        Assert.Equal("not even forward", Assert.Throws<NotSupportedException>(() => Failing.apply(x, true)).Message);
    }

    [Fact]
    public void A_wrong_number_of_gradients_is_refused()
    {
        using var scope = NewDisposeScope();
        var x = ones(1).requires_grad_();
        var error = Assert.Throws<ExternalException>(() => Forgetful.apply(x, 2.0).sum().backward());
        Assert.Contains("one gradient for each of the 2 arguments", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_frees_its_temporaries_and_the_graph_its_state()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        for (var k = 0; k < 50; k++)
        {
            using var scope = NewDisposeScope();
            var x = ones(4).requires_grad_();
            var y = Cubed.apply(x).sum();
            var count = Tensor.TotalCount;
            y.backward();
            Assert.Equal(count, Tensor.TotalCount);
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Saved_tensors_cannot_be_had_twice_from_a_freed_graph()
    {
        using var scope = NewDisposeScope();
        var y = Cubed.apply(ones(1).requires_grad_()).sum();
        y.backward();
        Assert.ThrowsAny<Exception>(() => y.backward());
    }

    private sealed class Scaled : SingleTensorFunction<Scaled>
    {
        public override string Name => nameof(Scaled);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("factor", vars[1]);
            return (Tensor)vars[0] * (double)vars[1];
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
            [grad_output * (double)ctx.get_data("factor"), null!];
    }

    private sealed class ProductAndSum : MultiTensorFunction<ProductAndSum>
    {
        public override string Name => nameof(ProductAndSum);

        public override List<Tensor> forward(AutogradContext ctx, params object[] vars)
        {
            var (x, y) = ((Tensor)vars[1], (Tensor)vars[2]);
            ctx.save_for_backward([x, y]);
            return [x * y, x + y];
        }

        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [null!, grad_outputs[0] * saved[1] + grad_outputs[1], grad_outputs[0] * saved[0] + grad_outputs[1]];
        }
    }

    private sealed class Cubed : SingleTensorFunction<Cubed>
    {
        public override string Name => nameof(Cubed);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]]);
            return ((Tensor)vars[0]).pow(3);
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
            [grad_output * 3 * ctx.get_saved_variables()[0].pow(2)];
    }

    private sealed class Failing : SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(AutogradContext ctx, params object[] vars) =>
            (bool)vars[1] ? throw new NotSupportedException("not even forward") : (Tensor)vars[0] + 1;

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
            throw new NotSupportedException("no gradient today");
    }

    private sealed class Forgetful : SingleTensorFunction<Forgetful>
    {
        public override string Name => nameof(Forgetful);

        public override Tensor forward(AutogradContext ctx, params object[] vars) => (Tensor)vars[0] * (double)vars[1];

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output];
    }
}
