using Unlearn.Models.Layers;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models.Layers;

[NoTensorLeaks]
public sealed class AttentionCoreTests
{
    private const long B = 2, T = 5, H = 6, D = 4, S = 7;

    [Theory]
    [InlineData(6, false)]      // a key-value head for each query head
    [InlineData(2, false)]      // groups of three
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void The_kernel_of_gpus_mixes_as_the_steps_do_and_has_their_gradients(long K, bool apart)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        Tensor[] inputs = [randn(B, T, H, D), randn(B, K, S, D), randn(B, K, S, D)];
        var causal = full([T, S], float.NegativeInfinity).triu(S - T + 1);
        // Rows that stand apart have a mask each: here the second does not see its first two tokens.
        var mask = apart ? stack([causal, causal.index_fill(1, tensor([0L, 1L]), float.NegativeInfinity)]).view(B, 1, 1, T, S) : causal;
        var weights = randn(B, T, H * D);

        var (steps, slopes) = Run(AttentionCore.InGroups);
        var (kernel, others) = Run(AttentionCore.Fused);

        Assert.True(allclose(steps, kernel, rtol: 1e-5, atol: 1e-6));
        foreach (var (one, other) in slopes.Zip(others)) Assert.True(allclose(one, other, rtol: 1e-5, atol: 1e-6));

        (Tensor, Tensor[]) Run(Func<Tensor, Tensor, Tensor, Tensor?, Tensor> attention)
        {
            Tensor[] own = [.. inputs.Select(input => input.clone().requires_grad_())];
            var mixed = attention(own[0], own[1], own[2], mask);
            (mixed * weights).sum().backward();
            return (mixed.detach(), [.. own.Select(input => input.grad!)]);
        }
    }

    [Fact]
    public void Without_a_mask_every_token_sees_all()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (q, k, v) = (randn(B, 1, H, D), randn(B, 3, S, D), randn(B, 3, S, D));

        Assert.True(allclose(AttentionCore.InGroups(q, k, v, null), AttentionCore.Fused(q, k, v, null), rtol: 1e-5, atol: 1e-6));
    }
}
