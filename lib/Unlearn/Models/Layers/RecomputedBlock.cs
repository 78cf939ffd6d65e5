using static TorchSharp.torch;

namespace Unlearn.Models.Layers;

/// <summary>A block that keeps its input alone and computes everything inside again when its gradient is asked for.</summary>
/// <remarks>
/// <para>
/// Between the passes a model of L blocks holds L inputs [B, T, C] and, while a block's gradient is computed, the inside of that one block.
/// That costs a second forward pass, a third more work in all. The second pass repeats the first bit for bit, random numbers included, so
/// that gradients are those of a block that keeps everything.
/// </para>
/// <para>Chen et al., 2016. <see href="https://arxiv.org/abs/1604.06174"/></para>
/// </remarks>
internal sealed class RecomputedBlock : autograd.SingleTensorFunction<RecomputedBlock>
{
    private const string Kept = "call", Seed = "seed";

    /// <inheritdoc/>
    public override string Name => nameof(RecomputedBlock);

    /// <summary>x → block(x, rotary, pass), with the gradients of the block's parameters added to theirs in the backward pass.</summary>
    /// <param name="block">Computes with nothing but its parameters and what it is given.</param>
    /// <param name="x">[B, T, C].</param>
    /// <param name="rotary">Angles; default where the block has none.</param>
    /// <param name="pass">Who sees whom, without a cache.</param>
    /// <returns>[B, T, C].</returns>
    public static Tensor Of(Func<Tensor, RotaryPositions, TokenPass, Tensor> block, Tensor x, RotaryPositions rotary, TokenPass pass) =>
        // Where nothing before the block is trained its own parameters still are: something has to carry the gradient to it.
        apply(x.requires_grad ? x : x.detach().requires_grad_(), new Call(block, rotary, pass, x.requires_grad));

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, call) = ((Tensor)vars[0], (Call)vars[1]);
        // The state of a GPU's generator cannot be read, so it gets a seed for each block.
        var seed = x.device_type == TorchSharp.DeviceType.CUDA ? (long?)randint(0L, long.MaxValue, (long[])[1]).item<long>() : null;
        if (seed is { } start) cuda.manual_seed(start);
        ctx.save_for_backward([x, random.get_rng_state(), .. call.Tensors]);
        ctx.save_data(Kept, call);
        ctx.save_data(Seed, seed!);
        return call.Block(x, call.Rotary, call.Pass);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var call = (Call)ctx.get_data(Kept);
        var saved = ctx.get_saved_variables();
        var x = saved[0].detach().requires_grad_(call.IsWanted);
        var (block, now) = (call.With(saved[2..]), random.get_rng_state());
        random.set_rng_state(saved[1]);
        if (ctx.get_data(Seed) is long seed) cuda.manual_seed(seed);
        using (enable_grad()) block(x).backward([grad_output]);
        random.set_rng_state(now);
        return [call.IsWanted ? x.grad!.MoveToOuterDisposeScope() : null!, null!];
    }

    /// <summary>What a block is called with beside its input.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Rotary">Angles; of null tensors where the block has none.</param>
    /// <param name="Pass">Who sees whom.</param>
    /// <param name="IsWanted">Whether the gradient of the input is of use.</param>
    private sealed record Call(
        Func<Tensor, RotaryPositions, TokenPass, Tensor> Block, RotaryPositions Rotary, TokenPass Pass, bool IsWanted)
    {
        /// <summary>The tensors that are there, which the graph keeps: their owner frees them with the forward pass.</summary>
        public IEnumerable<Tensor> Tensors => new[] { Rotary.Cosine, Rotary.Sine, Pass.Mask, Pass.Blind }.OfType<Tensor>();

        /// <summary>The block with these tensors from the graph.</summary>
        public Func<Tensor, Tensor> With(List<Tensor> kept)
        {
            var next = 0;
            var rotary = Rotary.Cosine is null ? default : new RotaryPositions(kept[next++], kept[next++]);
            var pass = Pass with { Mask = Pass.Mask is null ? null : kept[next++], Blind = Pass.Blind is null ? null : kept[next] };
            return x => Block(x, rotary, pass);
        }
    }
}
