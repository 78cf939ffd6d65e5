namespace TorchSharp.Modules;

/// <summary>What the optimizers have in common: groups, state per parameter, and their saving.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    protected OptimizerOptions _defaults = null!;

    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

    public override void zero_grad()
    {
        foreach (var parameter in parameters()) Gradient.Zero(parameter);
    }

    public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var first = dictionary.State.Count;
            dictionary.State.AddRange(group.Parameters.Select(StateOf));
            dictionary.StateIndexRef.Add([.. Enumerable.Range(first, dictionary.State.Count - first)]);
        }
        return dictionary;
    }

    /// <summary>Copies another optimizer's options and state; the groups must have the same sizes.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        RequireSizes(own, state_dict.Options.Count, state_dict.State.Count);
        for (var k = 0; k < own.Options.Count; k++)
            if (own.Options[k] != state_dict.Options[k]) own.Options[k].LoadStateDict(state_dict.Options[k]);
        for (var k = 0; k < own.State.Count; k++)
            if (own.State[k] != state_dict.State[k]) own.State[k].LoadStateDict(state_dict.State[k]);
    }

    /// <summary>Writes the state in the original's own format, complete or not at all.</summary>
    public void save_state_dict(string location) => TensorCodec.WriteFile(location, save_state_dict);

    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        TensorCodec.WriteNumber(writer, own.Options.Count);
        TensorCodec.WriteNumber(writer, own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location) => TensorCodec.ReadFile(location, load_state_dict);

    public void load_state_dict(BinaryReader reader)
    {
        TensorCodec.Reading("an optimizer's state", () =>
        {
            var type = reader.ReadString();
            if (type != GetType().Name)
                throw new InvalidDataException($"The state of a {GetType().Name} optimizer was expected but the stream is of \"{type}\".");
            var own = state_dict();
            RequireSizes(own, TensorCodec.ReadNumber(reader), TensorCodec.ReadNumber(reader));
            foreach (var options in own.Options) options.LoadStateDict(reader);
            foreach (var state in own.State) state.LoadStateDict(reader);
        });
    }

    /// <summary>Moves the state to where its parameters went.</summary>
    public void to(torch.Device device)
    {
        foreach (var parameter in parameters()) StateOf(parameter).to(device);
    }

    /// <summary>Runs the closure, if any, with gradients, then <paramref name="body"/> on each group without.</summary>
    protected torch.Tensor? _step<T>(Action<T> body, Func<torch.Tensor>? loss_closure = null) where T : ParamGroup
    {
        torch.Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var recording = torch.enable_grad();
            loss = loss_closure();
        }
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var state in states.Values) (state as IDisposable)?.Dispose();
        states.Clear();
    }

    /// <summary>Fixes a group's parameters (an enumeration may be costly to repeat) and gives each its first state.</summary>
    private protected void Adopt(ParamGroup group, Func<Parameter, OptimizerState> stateOf)
    {
        Parameter[] all = [.. group.Parameters];
        var different = all.Distinct<Parameter>(ReferenceEqualityComparer.Instance).Count();
        if (different < all.Length || all.Any(states.ContainsKey))
            throw new ArgumentException("A parameter should be in one group only, and once, but is there twice.", nameof(group));
        group.Options.InitialLearningRate = group.LearningRate;
        group.Parameters = all;
        _parameter_groups.Add(group);
        foreach (var parameter in all)
        {
            var state = states[parameter] = stateOf(parameter);
            state.Initialize(group.Options);
        }
    }

    private protected OptimizerState StateOf(Parameter parameter) => states.TryGetValue(parameter, out var state)
        ? state
        : throw new InvalidOperationException("The optimizer was disposed, or a group's parameters were changed after it was added.");

    private static void RequireSizes(StateDictionary own, long groups, long states)
    {
        if (groups != own.Options.Count)
            throw new ArgumentException($"The state should have {own.Options.Count} parameter groups but has {groups}.");
        if (states != own.State.Count)
            throw new ArgumentException($"The state should be of {own.State.Count} parameters but is of {states}.");
    }

    /// <summary>Throws for settings that no optimizer can work with.</summary>
    private protected static void Require(bool holds, string name, double value, string range)
    {
        if (!holds) throw new ArgumentException($"{name} should be {range} but is {value:R}.");
    }
}
