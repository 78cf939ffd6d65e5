using static TorchSharp.torch;

namespace Unlearn.Models.Adapters;

/// <summary>Adapters in files, added to weights in files.</summary>
/// <param name="model">The weights they are added to.</param>
/// <param name="adapters">Their matrices.</param>
/// <param name="scale">s.</param>
internal sealed class AdapterProducts(ModelWeights model, ModelWeights adapters, double scale) : IDisposable
{
    /// <summary>Opens adapters and checks that they fit.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="model">The model they were made for.</param>
    /// <exception cref="InvalidDataException">They were made for another.</exception>
    public static AdapterProducts Open(string folder, ModelWeights model)
    {
        var (options, file) = AdapterFolder.Open(folder);
        try
        {
            var shapes = file.Entries.ToDictionary(entry => entry.Name, entry => entry.Shape);
            var targets = model.Entries.ToDictionary(entry => entry.Name, entry => entry.Shape);
            foreach (var name in shapes.Keys)
            {
                var layer = AdapterFolder.LayerOf(name);
                if (layer is null || !targets.TryGetValue($"{layer}.weight", out var weight) || weight.Count != 2
                    || !shapes.TryGetValue(AdapterFolder.DownOf(layer), out var down) || !down.SequenceEqual([options.Rank, weight[1]])
                    || !shapes.TryGetValue(AdapterFolder.UpOf(layer), out var up) || !up.SequenceEqual([weight[0], options.Rank]))
                {
                    throw new InvalidDataException(
                        $"{folder} should hold adapters of rank {options.Rank} of {model.Path} but has {name}, which does not fit it.");
                }
            }
            return new(model, file, options.Scale);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>W + s B A, added in float32 at least and in W's type; null for a weight without an adapter.</summary>
    /// <param name="name">W's key.</param>
    public Tensor? Merged(string name)
    {
        var layer = name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
        if (!adapters.Has(AdapterFolder.DownOf(layer))) return null;
        var weight = model.Read(name);
        var wide = weight.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var product = adapters.Read(AdapterFolder.UpOf(layer), wide).matmul(adapters.Read(AdapterFolder.DownOf(layer), wide));
        return (weight.to(wide) + product * scale).to(weight.dtype);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => adapters.Dispose();
}
