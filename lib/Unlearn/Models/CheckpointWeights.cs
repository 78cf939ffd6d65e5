using System.Runtime.InteropServices;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Fills models with the weights of a folder.</summary>
internal static class CheckpointWeights
{
    /// <summary>A model with the weights of a folder; it is the caller's.</summary>
    /// <remarks>
    /// The model is first made without memory and compared with the files' heads, so that a configuration with wrong sizes takes no more
    /// memory than the right one.
    /// </remarks>
    /// <param name="folder">Has safetensors, whole or sharded.</param>
    /// <param name="build">Makes the model.</param>
    /// <param name="device">Where; CPU when null.</param>
    /// <param name="type">Element type; float32 when null, or float64 where the files have that.</param>
    /// <param name="digest">What <see cref="ModelWeights.DigestOf"/> should give; null to read without.</param>
    /// <param name="layers">How many layers the model has: each has a tensor at least.</param>
    /// <param name="progress">Told the bytes read so far, and all.</param>
    /// <exception cref="FileNotFoundException">The folder has no whole weights.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or holds other weights than the model's.</exception>
    public static TModel Load<TModel>(
        string folder, Func<TModel> build, Device? device = null, ScalarType? type = null, string? digest = null, long layers = 1,
        IProgress<(long Done, long Total)>? progress = null)
        where TModel : nn.Module, ICheckpointed
    {
        using var weights = ModelWeights.Open(folder);
        type ??= weights.Type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        TModel? model = null;
        try
        {
            Check(weights, build, layers);
            model = Layer.Unfilled(device ?? CPU, type.Value, build);
            weights.LoadInto(model, model.KeyOf, digest, progress);
            return model;
        }
        catch (Exception error)
        {
            model?.Dispose();
            if (error is not (ArgumentException or ExternalException)) throw;
            throw new InvalidDataException(
                $"{folder} should hold the weights that its config.json describes: {Complaint.Of(error)}", error);
        }
    }

    /// <summary>Compares names and shapes with those of a model, which is made without memory.</summary>
    /// <param name="weights">The files' heads.</param>
    /// <param name="build">Makes the model.</param>
    /// <param name="layers">How many layers it has.</param>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static void Check<TModel>(ModelWeights weights, Func<TModel> build, long layers) where TModel : nn.Module, ICheckpointed
    {
        if (layers > weights.Count) throw new InvalidDataException(
            $"{weights.Path} should hold the weights that its config.json describes but has {weights.Count} tensors for {layers} layers.");
        using var structure = Layer.Unfilled(META, ScalarType.Float32, build);
        weights.Check(structure, structure.KeyOf);
    }
}
