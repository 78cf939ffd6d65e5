using Unlearn.Models.Adapters;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Writes a model folder again: in another element type, in files of another size, with adapters merged into it.</summary>
/// <remarks>
/// Works tensor by tensor from file to file, whatever the architecture, with one tensor in memory. The new folder appears when it is
/// complete; an interrupted conversion leaves nothing under its name.
/// </remarks>
public static class ModelConversion
{
    /// <summary>Converts a model.</summary>
    /// <param name="from">A model folder; stays as it is.</param>
    /// <param name="to">A folder that is not there yet, or empty.</param>
    /// <param name="type">Element type of all numbers of floating point; null keeps the files'.</param>
    /// <param name="maxShardSize">Bytes of a file of weights; one file when null.</param>
    /// <param name="adapters">A folder of adapters of this model to be merged; null for none.</param>
    /// <param name="progress">Told the bytes written so far, and all.</param>
    /// <param name="cancellation">Ends the conversion.</param>
    /// <exception cref="IOException">The new folder holds something already.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the adapters are of another model.</exception>
    public static void Run(
        string from, string to, ScalarType? type = null, long? maxShardSize = null, string? adapters = null,
        IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        var target = Path.GetFullPath(to).TrimEnd(Path.DirectorySeparatorChar);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"{to} should be a new or empty folder but holds something. Choose another, or remove it first.");
        var config = CarriedFiles.Config(from);
        using var weights = ModelWeights.Open(from);
        using var merge = adapters is null ? null : AdapterProducts.Open(adapters, weights);
        SafeTensors.Source[] sources = [.. weights.Entries.Select(entry => new SafeTensors.Source(
            entry.Name, entry.Type, entry.Shape, type, () => merge?.Merged(entry.Name) ?? weights.Read(entry.Name)))];

        var partial = $"{target}.{Environment.ProcessId}.partial";
        try
        {
            var (done, total) = (0L, sources.Sum(source => source.Bytes));
            ModelWeights.Write(partial, sources, maxShardSize, bytes =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((done += bytes, total));
            });
            CarriedFiles.Copy(from, partial);
            ModelFolder.Seal(partial, config, sources);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(partial, target);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }
}
