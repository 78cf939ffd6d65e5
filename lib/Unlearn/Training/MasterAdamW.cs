using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>TorchSharp's AdamW; for weights in bfloat16 it updates copies in float32, of which the weights are the roundings.</summary>
internal sealed class MasterAdamW : WeightUpdates
{
    private readonly Parameter[] own, updated;
    private readonly optim.Optimizer optimizer;
    private readonly AdamW.State[] states;

    public MasterAdamW(Parameter[] parameters, TrainingPlan plan)
    {
        own = parameters;
        updated = [.. parameters.Select(parameter => parameter.dtype == ScalarType.BFloat16 ? Master(parameter) : parameter)];
        optimizer = optim.AdamW(updated, plan.LearningRate, plan.Beta1, plan.Beta2, plan.Epsilon, weight_decay: plan.WeightDecay);
        states = [.. ((OptimizerHelper)optimizer).state_dict().State.Cast<AdamW.State>()];
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> State
    {
        get
        {
            var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            foreach (var (k, state) in states.Index())
            {
                (tensors[$"optimizer.{k}.average"], tensors[$"optimizer.{k}.square"]) = (state.exp_avg, state.exp_avg_sq);
                if (IsMaster(k)) tensors[$"master.{k}"] = updated[k];
            }
            return tensors;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long> Steps
    {
        get => [.. states.Select(state => state.step)];
        set
        {
            foreach (var (state, step) in states.Zip(value)) state.step = step;
        }
    }

    /// <inheritdoc/>
    public override void Begin()
    {
        foreach (var parameter in own.Concat(updated)) parameter.grad = null;
    }

    /// <inheritdoc/>
    public override void Collect()
    {
        using var _ = no_grad();
        for (var k = 0; k < own.Length; k++)
        {
            if (!IsMaster(k)) continue;
            using var scope = NewDisposeScope();
            if (own[k].grad is not { } part) continue;
            if (updated[k].grad is { } sum) sum.add_(part);
            else updated[k].grad = part.to(float32);
            own[k].grad = null;
        }
    }

    /// <inheritdoc/>
    public override double Clip(double longest) => nn.utils.clip_grad_norm_(updated, longest);

    /// <inheritdoc/>
    public override void Step(double rate)
    {
        foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
        optimizer.step();
        using var _ = no_grad();
        for (var k = 0; k < own.Length; k++)
            if (IsMaster(k)) own[k].copy_(updated[k]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        optimizer.Dispose();
        for (var k = 0; k < own.Length; k++)
            if (IsMaster(k)) updated[k].Dispose();
    }

    private bool IsMaster(int k) => !ReferenceEquals(own[k], updated[k]);

    private static Parameter Master(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var master = new Parameter(parameter.detach().to(float32));
        master.DetachFromDisposeScope();
        return master;
    }
}
