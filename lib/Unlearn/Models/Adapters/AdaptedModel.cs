using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Adapters;

/// <summary>A language model with adapters beside its linear layers: they alone are trained, the model stays as it is.</summary>
/// <remarks>
/// <para>
/// Parameters and state are the adapters' alone, under the names of PEFT's files, so that optimizers, checkpoints and logs of a run
/// hold nothing else.
/// </para>
/// <para>
/// Adapters are hooks on the model's layers: while this lives, the model itself computes with them too, wherever it is called. With several
/// slices of a batch and dropout, the gradient's pass draws other zeros than the pass before it.
/// </para>
/// </remarks>
public sealed class AdaptedModel : nn.Module, ILanguageModel
{
    private readonly List<Adapter> adapters = [];
    private readonly bool[] trained;

    /// <summary>Adds fresh adapters, which change nothing yet.</summary>
    /// <param name="model">Its parameters are frozen while this lives; still the caller's.</param>
    /// <param name="options">Sizes and places.</param>
    /// <exception cref="ArgumentException">A target is no layer of the model; the message lists those that are.</exception>
    public AdaptedModel(LanguageModel model, LoraOptions options) : this(model, options, options.Takes)
    {
    }

    internal AdaptedModel(LanguageModel model, LoraOptions options, Func<string, bool> takes) : base(nameof(AdaptedModel))
    {
        (Model, Options) = (model, options.Validated());
        var layers = model.named_modules().Where(module => module.module is Linear)
            .Select(module => (Name: module.name, Layer: (Linear)module.module))
            .OrderBy(layer => layer.Name, StringComparer.Ordinal).ToArray();
        RequireLayers(options, layers.Select(layer => layer.Name), takes);

        using var generator = new Generator((ulong)options.Seed);
        var root = Child(Child(this, "base_model"), "model");
        foreach (var (name, layer) in layers.Where(layer => takes(layer.Name)))
        {
            var pair = new LoraPair(layer, options, generator);
            var path = name.Split('.');
            path[..^1].Aggregate(root, Child).register_module(path[^1], pair);
            var hook = layer.register_forward_hook((_, x, y) => IsOn ? Scope.Keep(() => y + pair.Change(x)) : y);
            adapters.Add(new(name, layer, pair, hook.remove));
        }
        trained = [.. model.parameters().Select(parameter => parameter.requires_grad)];
        foreach (var parameter in model.parameters()) parameter.requires_grad_(false);
        eval();
    }

    /// <summary>The model that is adapted.</summary>
    public LanguageModel Model { get; }

    /// <summary>Sizes and places.</summary>
    public LoraOptions Options { get; }

    /// <summary>Whether the adapters' products stand in the model's weights.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>Full names of the layers that have an adapter, in order.</summary>
    public IReadOnlyList<string> Layers => [.. adapters.Select(adapter => adapter.Name)];

    /// <summary>Whether nothing has been learnt yet: the adapters change nothing.</summary>
    public bool IsFresh => adapters.TrueForAll(adapter => adapter.Pair.IsZero);

    /// <inheritdoc/>
    public long Vocabulary => Model.Vocabulary;

    /// <inheritdoc/>
    public long Context => Model.Context;

    /// <inheritdoc/>
    public Tensor Hidden(Tensor ids, KeyValueCache? cache = null, TokenLayout? layout = null) => Model.Hidden(ids, cache, layout);

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden) => Model.Logits(hidden);

    /// <inheritdoc/>
    public KeyValueCache NewCache(long capacity) => Model.NewCache(capacity);

    /// <summary>The model without its adapters, in the same memory: what a reference of unlearning is before the first update.</summary>
    public ILanguageModel WithoutAdapters => new Bare(this);

    /// <summary>Adds the adapters' products to the model's weights, so that it is as fast as without; the old weights are kept.</summary>
    public void Merge()
    {
        if (IsMerged) return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var adapter in adapters)
        {
            var weight = adapter.Layer.weight!;
            adapter.Original = weight.detach().clone().DetachFromDisposeScope();
            weight.copy_(adapter.Pair.Merged(weight));
        }
        IsMerged = true;
    }

    /// <summary>Adds the adapters' products to the model's weights for good and takes the adapters away: only the model is left.</summary>
    internal void MergeAndDispose()
    {
        using (NewDisposeScope())
        using (no_grad())
        {
            if (!IsMerged)
                foreach (var adapter in adapters) adapter.Layer.weight!.copy_(adapter.Pair.Merged(adapter.Layer.weight));
        }
        foreach (var adapter in adapters) adapter.Original?.Dispose();
        IsMerged = false;
        Dispose();
    }

    /// <summary>Puts the model's old weights back, bit for bit.</summary>
    public void Unmerge()
    {
        if (!IsMerged) return;
        using var _ = no_grad();
        foreach (var adapter in adapters)
        {
            adapter.Layer.weight!.copy_(adapter.Original!);
            adapter.Original!.Dispose();
            adapter.Original = null;
        }
        IsMerged = false;
    }

    /// <summary>The model's state with the adapters merged, each tensor made when it is written.</summary>
    internal IReadOnlyList<SafeTensors.Source> MergedState(ScalarType? type)
    {
        var pairs = adapters.ToDictionary(adapter => $"{adapter.Name}.weight", adapter => adapter.Pair, StringComparer.Ordinal);
        return [.. Model.state_dict().Select(entry => IsMerged || !pairs.TryGetValue(entry.Key, out var pair)
            ? new SafeTensors.Source(entry.Key, entry.Value, type)
            : new SafeTensors.Source(entry.Key, entry.Value.dtype, entry.Value.shape, type, () => pair.Merged(entry.Value)))];
    }

    /// <summary>A model of its own with the adapters merged.</summary>
    internal LanguageModel MergedCopy()
    {
        var copy = Model.Copy();
        if (IsMerged) return copy;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var adapter in adapters)
            copy.get_parameter($"{adapter.Name}.weight")!.copy_(adapter.Pair.Merged(adapter.Layer.weight!));
        return copy;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && adapters.Count > 0)
        {
            Unmerge();
            foreach (var adapter in adapters) adapter.Unhook();
            adapters.Clear();
            foreach (var (parameter, was) in Model.parameters().Zip(trained)) parameter.requires_grad_(was);
        }
        base.Dispose(disposing);
    }

    private bool IsOn { get => field && !IsMerged; set; } = true;

    private static void RequireLayers(LoraOptions options, IEnumerable<string> names, Func<string, bool> takes)
    {
        var known = names.ToArray();
        foreach (var target in options.Targets)
        {
            if (known.Any((options with { Targets = [target] }).Takes)) continue;
            var endings = known.Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal);
            throw new ArgumentException(
                $"A target of adapters should be {LoraOptions.AllLinear} or a linear layer of the model ({string.Join(", ", endings)}) "
                + $"but is {target}.");
        }
        if (!known.Any(takes)) throw new ArgumentException("Adapters should sit beside a linear layer at least, but none is named.");
    }

    private static nn.Module Child(nn.Module parent, string name)
    {
        var child = parent.named_children().FirstOrDefault(child => child.name == name).module;
        if (child is null) parent.register_module(name, child = new Branch());
        return child;
    }

    /// <summary>A step of a dotted name.</summary>
    private sealed class Branch() : nn.Module(nameof(Branch));

    private sealed record Adapter(string Name, Linear Layer, LoraPair Pair, Action Unhook)
    {
        public Tensor? Original { get; set; }
    }

    private sealed class Bare(AdaptedModel adapted) : ILanguageModel
    {
        public long Vocabulary => adapted.Vocabulary;

        public long Context => adapted.Context;

        public Tensor Hidden(Tensor ids, KeyValueCache? cache = null, TokenLayout? layout = null) =>
            Off(() => adapted.Hidden(ids, cache, layout));

        public KeyValueCache NewCache(long capacity) => adapted.NewCache(capacity);

        public Tensor Logits(Tensor hidden) => Off(() => adapted.Logits(hidden));

        private Tensor Off(Func<Tensor> compute)
        {
            if (adapted.IsMerged) throw new InvalidOperationException("Merged adapters should be unmerged before a pass without them.");
            var was = adapted.IsOn;
            adapted.IsOn = false;
            try
            {
                return compute();
            }
            finally
            {
                adapted.IsOn = was;
            }
        }
    }
}
