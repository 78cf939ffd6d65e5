using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Whether a file's tensors are a module's, told in names.</summary>
internal static class WeightNames
{
    private const int Told = 5;

    /// <summary>Throws where names or shapes differ, naming the first few of each kind and their number.</summary>
    /// <param name="path">For the message.</param>
    /// <param name="targets">The module's tensors.</param>
    /// <param name="entries">The file's.</param>
    /// <param name="keyOf">The module's key for a key of the file; null for one to be left.</param>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static void Check(
        string path, IReadOnlyDictionary<string, Tensor> targets, IEnumerable<SafeTensorsEntry> entries, Func<string, string?> keyOf)
    {
        var given = new Dictionary<string, SafeTensorsEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (keyOf(entry.Name) is not { } name) continue;
            if (!given.TryAdd(name, entry)) throw new InvalidDataException($"{path} should have {name} once but has it under two names.");
        }
        string[] missing = [.. targets.Keys.Where(name => !given.ContainsKey(name))];
        string[] unexpected = [.. given.Keys.Where(name => !targets.ContainsKey(name))];
        string[] others = [.. targets
            .Where(target => given.TryGetValue(target.Key, out var entry) && !entry.Shape.SequenceEqual(target.Value.shape))
            .Select(target => $"{target.Key} {Sizes(given[target.Key].Shape)}, not {Sizes(target.Value.shape)}")];
        if (missing.Length + unexpected.Length + others.Length == 0) return;

        var faults = new[] { List(missing, "missing"), List(others, "of another shape"), List(unexpected, "unexpected") };
        throw new InvalidDataException(
            $"{path} should hold the weights that the model's configuration describes but has "
            + $"{string.Join("; ", faults.Where(fault => fault.Length > 0))}.");
    }

    private static string Sizes(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    private static string List(string[] names, string what) => names.Length == 0 ? ""
        : $"{names.Length} {what}: {string.Join(", ", names.Take(Told))}{(names.Length > Told ? ", …" : "")}";
}
