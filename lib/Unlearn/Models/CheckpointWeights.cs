using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Fills models with the weights of a folder.</summary>
internal static class CheckpointWeights
{
    /// <summary>The file.</summary>
    public const string Name = "model.safetensors";

    /// <summary>A model with the weights of a folder, in their element type; it is the caller's.</summary>
    /// <param name="folder">Has <see cref="Name"/>.</param>
    /// <param name="build">Makes the model with weights undefined.</param>
    /// <param name="device">CPU when null.</param>
    /// <exception cref="InvalidDataException">The file is damaged or holds other weights.</exception>
    public static TModel Load<TModel>(string folder, Func<TModel> build, Device? device = null)
        where TModel : nn.Module, ICheckpointed
    {
        using var scope = NewDisposeScope();
        var (tensors, _) = SafeTensors.Read(Path.Combine(folder, Name));
        var model = Layer.Unfilled(
            device ?? CPU, tensors.Values.FirstOrDefault(tensor => tensor.is_floating_point())?.dtype ?? float32, build);
        try
        {
            var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            foreach (var (key, tensor) in tensors)
            {
                if (model.KeyOf(key) is { } own) weights.Add(own, tensor);
            }
            model.load_state_dict(weights);
            return model;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or ExternalException)
        {
            model.Dispose();
            throw new InvalidDataException($"{folder} should hold the weights that its config.json describes: {error.Message}", error);
        }
    }
}
