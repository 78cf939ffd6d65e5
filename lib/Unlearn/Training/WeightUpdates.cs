using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>AdamW as a run needs it: gradients of a batch that come in parts, an update, a state that can be kept and put back.</summary>
internal abstract class WeightUpdates : IDisposable
{
    /// <summary>The way that suits a model's weights.</summary>
    /// <param name="model">Its parameters that are trained are updated.</param>
    /// <param name="plan">AdamW's numbers, and what is done with half-width weights.</param>
    /// <exception cref="NotSupportedException">Weights are in float16, whose range is too small for gradients.</exception>
    public static WeightUpdates Of(nn.Module model, TrainingPlan plan)
    {
        Parameter[] parameters = [.. model.parameters().Where(parameter => parameter.requires_grad)];
        if (parameters.Any(parameter => parameter.dtype == ScalarType.Float16))
        {
            throw new NotSupportedException(
                "Weights that are trained should be in float32 or bfloat16 but are in float16, where gradients underflow.");
        }
        return plan.HalfUpdates != HalfUpdates.Masters && parameters.Any(parameter => parameter.dtype == ScalarType.BFloat16)
            ? new CompactAdamW(parameters, plan) : new MasterAdamW(parameters, plan);
    }

    /// <summary>Tensors of the state by the names that checkpoints give them; alive as long as this.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Updates that each parameter has taken.</summary>
    public abstract IReadOnlyList<long> Steps { get; set; }

    /// <summary>Drops the gradients of the last batch.</summary>
    public abstract void Begin();

    /// <summary>Takes over the gradients of a part of the batch, before those of the next part are added in fewer digits.</summary>
    public abstract void Collect();

    /// <summary>Makes the gradients smaller where all together are longer than allowed.</summary>
    /// <param name="longest">Largest norm; infinity for no limit.</param>
    /// <returns>The norm before.</returns>
    public abstract double Clip(double longest);

    /// <summary>Updates the weights.</summary>
    /// <param name="rate">Learning rate.</param>
    public abstract void Step(double rate);

    /// <summary>Puts the state of a checkpoint in place, once the weights have theirs.</summary>
    /// <param name="tensors">With the names of <see cref="State"/>.</param>
    /// <param name="steps">One for each parameter.</param>
    /// <exception cref="KeyNotFoundException">A tensor is missing.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyList<long> steps)
    {
        using var _ = no_grad();
        foreach (var (name, state) in State) state.copy_(tensors[name]);
        Steps = steps;
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
