namespace TorchSharp.Modules;

/// <summary>Marks modules without parameters and buffers.</summary>
public interface IParameterLessModule
{
}

/// <summary>A module that has no parameters and no buffers, and refuses them.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_parameter(string name, Parameter param) => throw Refusal("parameter");

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refusal("buffer");

    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw Refusal("module with parameters");
        base.register_module(name, submodule);
    }

    private static InvalidOperationException Refusal(string what) =>
        new($"A parameterless module takes no {what}; derive from torch.nn.Module instead.");
}
