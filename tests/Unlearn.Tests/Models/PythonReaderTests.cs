using System.Text.Json;
using Unlearn.Models;
using Unlearn.Tests.Data;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>What is written here, read by PyTorch.</summary>
[NoTensorLeaks]
public sealed class PythonReaderTests : IDisposable
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32,
        ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TorchTheory, InlineData(null), InlineData(100L)]
    public void PyTorch_reads_the_same_numbers(long? shardSize)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var written = Types.ToDictionary(type => $"a.{type}", type => (rand(3, 5) * 100).to(type));
        written["none"] = zeros(0, 3);
        written["one"] = tensor(1.5f);
        ModelWeights.Save(folder.Path, written, maxShardSize: shardSize);

        using var read = JsonDocument.Parse(PythonPeer.Torch.Run("read_safetensors.py", folder.Path));
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal),
            read.RootElement.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in written)
        {
            var entry = read.RootElement.GetProperty(name);
            Assert.Equal(tensor.shape, entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()));
            Assert.Equal(tensor.dtype == ScalarType.Byte ? "uint8" : tensor.dtype.ToString().ToLowerInvariant(),
                entry.GetProperty("dtype").GetString());
            var sum = (tensor.to(float64).flatten() * arange(1, tensor.numel() + 1, dtype: float64)).sum().item<double>();
            Assert.Equal(sum, entry.GetProperty("sum").GetDouble(), 1e-9);
        }
    }
}

/// <summary>Skipped where Python has no PyTorch.</summary>
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    /// <summary>Says why it is skipped, if it is.</summary>
    public TorchTheoryAttribute() => Skip = PythonPeer.Torch.Missing;
}
