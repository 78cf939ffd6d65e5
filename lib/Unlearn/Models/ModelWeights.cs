using System.Globalization;
using Unlearn.Data;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A model's weights on disk, in one safetensors file or in several with an index, as on Hugging Face's hub.</summary>
/// <remarks>
/// Names, shapes and types are known once it is open; numbers go tensor by tensor to where they should be, with at most one tensor of extra
/// memory.
/// </remarks>
public sealed class ModelWeights : IDisposable
{
    /// <summary>The name of weights in one file.</summary>
    public const string WholeName = "model.safetensors";

    /// <summary>The name of the list of files where there are several.</summary>
    public const string IndexName = ShardIndex.FileName;

    private readonly Dictionary<string, (SafeTensorsFile File, SafeTensorsEntry Entry)> tensors = new(StringComparer.Ordinal);
    private readonly List<SafeTensorsFile> files = [];
    private readonly ShardIndex? index;

    private ModelWeights(string path) => Path = path;

    private ModelWeights(string path, ShardIndex index) => (Path, this.index) = (path, index);

    /// <summary>The folder or file.</summary>
    public string Path { get; }

    /// <summary>The safetensors files, in the order of their names.</summary>
    public IReadOnlyList<SafeTensorsFile> Files => files;

    /// <summary>Every tensor, in the order of the names.</summary>
    public IEnumerable<SafeTensorsEntry> Entries => tensors.Values.Select(tensor => tensor.Entry);

    /// <summary>How many tensors there are.</summary>
    public int Count => tensors.Count;

    /// <summary>Bytes of all numbers together.</summary>
    public long Bytes => Entries.Sum(entry => entry.Length);

    /// <summary>The element type that most bytes have; null where there is no tensor.</summary>
    public ScalarType? Type => Entries.GroupBy(entry => entry.Type).OrderByDescending(group => group.Sum(entry => entry.Length))
        .Select(group => (ScalarType?)group.Key).FirstOrDefault();

    /// <summary>
    /// What names all weights at once: the digest of the one file, or of the index, which in turn names the digests of its files.
    /// </summary>
    /// <param name="folder">The folder.</param>
    public static string DigestOf(string folder) =>
        DataHash.OfFile(File.Exists(In(folder, WholeName)) ? In(folder, WholeName) : In(folder, IndexName));

    /// <summary>Opens weights and checks their headers.</summary>
    /// <param name="path">A model folder, or one safetensors file.</param>
    /// <exception cref="FileNotFoundException">There are none, or a part of them is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or index and files do not fit each other.</exception>
    public static ModelWeights Open(string path)
    {
        if (File.Exists(ModelFolder.Named(path))) return Opened(new ModelWeights(path), [path]);
        if (File.Exists(In(path, WholeName))) return Opened(new ModelWeights(path), [In(path, WholeName)]);
        if (!File.Exists(In(path, IndexName))) throw Missing(path);
        var index = ShardIndex.Read(In(path, IndexName));
        return Opened(new ModelWeights(path, index), index.Files.Select(name => In(path, name)));
    }

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>Reads one tensor; it is the caller's.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="type">For tensors of floating point; null and whole numbers keep the file's.</param>
    /// <param name="device">Main memory when null.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public Tensor Read(string name, ScalarType? type = null, Device? device = null) => tensors.TryGetValue(name, out var tensor)
        ? tensor.File.Read(name, type, device) : throw new KeyNotFoundException($"{Path} should have a tensor {name} but has none.");

    /// <summary>Reads every parameter and buffer of a module, in the type and to the device that it has.</summary>
    /// <remarks>Names and shapes must be the module's.</remarks>
    /// <param name="module">Overwritten.</param>
    /// <param name="keyOf">The module's key for a key of the files, null for a tensor to be left; null where the keys are the same.</param>
    /// <param name="digest">What <see cref="DigestOf"/> should give; checked while reading. Null to read without.</param>
    /// <param name="progress">Told the bytes read so far, and all.</param>
    /// <param name="cancellation">Ends the reading; the module is then half overwritten.</param>
    /// <exception cref="InvalidDataException">Names or shapes differ, or a digest does; the message says which.</exception>
    public void LoadInto(
        nn.Module module, Func<string, string?>? keyOf = null, string? digest = null, IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancellation = default)
    {
        keyOf ??= key => key;
        var targets = Check(module, keyOf);
        var (done, total) = (0L, Bytes);
        if (index is not null && digest is not null && DataHash.OfFile(In(Path, IndexName)) != digest) throw Other(In(Path, IndexName));
        foreach (var file in files)
        {
            var expected = index is null ? digest : index.DigestOf(System.IO.Path.GetFileName(file.Path));
            using var hash = expected is null ? null : file.BeginDigest(withHeader: true);
            foreach (var entry in file.Entries)
            {
                cancellation.ThrowIfCancellationRequested();
                if (keyOf(entry.Name) is { } key) file.ReadInto(entry, targets[key], hash);
                else if (hash is not null) file.Read(entry, null, null, hash).Dispose();
                progress?.Report((done += entry.Length, total));
            }
            if (hash is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) != expected) throw Other(file.Path);
        }
    }

    /// <summary>Throws where names or shapes are not a module's.</summary>
    /// <returns>The module's tensors.</returns>
    internal Dictionary<string, Tensor> Check(nn.Module module, Func<string, string?> keyOf)
    {
        var targets = module.state_dict();
        WeightNames.Check(Path, targets, Entries, keyOf);
        return targets;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var file in files) file.Dispose();
    }

    /// <summary>Writes weights into a folder in place of those that are there, which stay until the new ones are whole.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="tensors">By name, in the order in which they should be spread over files; on any device.</param>
    /// <param name="type">For tensors of floating point; null keeps theirs.</param>
    /// <param name="maxShardSize">Bytes of a file, more only where one tensor has more. Null for one file.</param>
    public static void Save(
        string folder, IReadOnlyDictionary<string, Tensor> tensors, ScalarType? type = null, long? maxShardSize = null) =>
        Save(folder, [.. tensors.Select(entry => new SafeTensors.Source(entry.Key, entry.Value, type))], maxShardSize);

    /// <summary>The same for tensors that come to be only when they are written.</summary>
    internal static void Save(string folder, IReadOnlyList<SafeTensors.Source> sources, long? maxShardSize)
    {
        using var staged = new StagedFolder(folder);
        Write(staged.Path, sources, maxShardSize);
        staged.Publish(IndexName, () => Remove(folder));
    }

    /// <summary>Writes weights into a folder that has none.</summary>
    internal static void Write(
        string folder, IReadOnlyList<SafeTensors.Source> sources, long? maxShardSize, Action<long>? written = null)
    {
        Directory.CreateDirectory(folder);
        // transformers reads no file that does not say whose tensors these are.
        var format = new Dictionary<string, string> { ["format"] = "pt" };
        var shards = Shards(sources, maxShardSize ?? long.MaxValue);
        if (shards.Count == 1)
        {
            SafeTensors.Write(In(folder, WholeName), sources, format, written);
            return;
        }
        var (files, digests) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var (k, shard) in shards.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"model-{k + 1:D5}-of-{shards.Count:D5}.safetensors");
            SafeTensors.Write(In(folder, name), shard, format, written);
            digests[name] = DataHash.OfFile(In(folder, name));
            foreach (var source in shard) files[source.Name] = name;
        }
        new ShardIndex(files, digests, sources.Sum(source => source.Bytes)).Write(In(folder, IndexName));
    }

    /// <summary>Takes a folder's weights away, the part first without which the rest is none.</summary>
    internal static void Remove(string folder)
    {
        File.Delete(In(folder, IndexName));
        File.Delete(In(folder, WholeName));
        foreach (var shard in Directory.EnumerateFiles(folder, "model-*-of-*.safetensors")) File.Delete(shard);
    }

    private static List<List<SafeTensors.Source>> Shards(IReadOnlyList<SafeTensors.Source> sources, long most)
    {
        List<List<SafeTensors.Source>> shards = [[]];
        var size = 0L;
        foreach (var source in sources)
        {
            if (size > 0 && source.Bytes > most - size)
            {
                shards.Add([]);
                size = 0;
            }
            shards[^1].Add(source);
            size += source.Bytes;
        }
        return shards;
    }

    private static ModelWeights Opened(ModelWeights weights, IEnumerable<string> paths)
    {
        try
        {
            foreach (var path in paths) weights.files.Add(SafeTensorsFile.Open(path));
            var index = weights.index;
            foreach (var file in weights.files)
            {
                var name = System.IO.Path.GetFileName(file.Path);
                foreach (var entry in file.Entries)
                    if (index is null || index.FileOf(entry.Name) == name) weights.tensors.Add(entry.Name, (file, entry));
            }
            var lost = index?.Names.FirstOrDefault(name => !weights.tensors.ContainsKey(name));
            if (lost is not null) throw new InvalidDataException(
                $"{weights.Path} should have a tensor {lost} in {index!.FileOf(lost)}, as {IndexName} says, but that file has none.");
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static FileNotFoundException Missing(string path)
    {
        if (!Directory.Exists(path)) return new($"{path} should be a model folder or a safetensors file but is not there.", path);
        var pickle = Directory.EnumerateFiles(path, "*.bin").Concat(Directory.EnumerateFiles(path, "*.pt"))
            .Concat(Directory.EnumerateFiles(path, "*.pth")).Select(System.IO.Path.GetFileName)
            .Order(StringComparer.Ordinal).FirstOrDefault();
        return pickle is null
            ? new($"{path} should hold a model's weights but has neither {WholeName} nor {IndexName}.", In(path, WholeName))
            : new($"{path} should hold weights as safetensors but has {pickle}, a Python pickle, which may run code when it is read. "
                + "Where you trust it, convert it in Python: AutoModelForCausalLM.from_pretrained(FOLDER)"
                + ".save_pretrained(OUT, safe_serialization=True), and copy the tokenizer's files too.", In(path, WholeName));
    }

    private static InvalidDataException Other(string path) =>
        new($"{path} should have the digest that was named when it was written but has another: it is damaged or of another save.");

    private static string In(string folder, string name) => System.IO.Path.Combine(folder, name);
}
