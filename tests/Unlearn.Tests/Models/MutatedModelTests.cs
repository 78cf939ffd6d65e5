using System.Buffers.Binary;
using System.Text;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models.Adapters;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>A thousand damaged files of weights, of configurations, of adapters: each is refused clearly or works.</summary>
/// <remarks>Tokenizers have their thousand in <see cref="Tokenization.MutatedFileTests"/>.</remarks>
[NoTensorLeaks]
public sealed class MutatedModelTests : IDisposable
{
    private const int Rounds = 1000;

    private static readonly string[] Numbers =
        ["-1", "0", "1", "3", "1e3", "1.5", "9223372036854775807", "9223372036854775808", "4611686018427387904", "1e400", "\"4\"", "null"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Managed memory in bytes; tensors' memory is that of a model whose shapes the file has, or the test fails at reading.
    [Fact]
    public void A_damaged_file_of_weights_is_refused_or_read()
    {
        using var scope = NewDisposeScope();
        var path = In("weights.safetensors");
        SafeTensors.Write(path, new Dictionary<string, Tensor>
        {
            ["model.a.weight"] = arange(6f).view(2, 3),
            ["model.b.weight"] = ones(4, dtype: bfloat16),
            ["c"] = zeros(0, 3),
            ["mask"] = ones(5, dtype: ScalarType.Bool),
            ["n"] = tensor(7L),
        }, new Dictionary<string, string> { ["format"] = "pt" });
        var whole = File.ReadAllBytes(path);
        var random = new Random(1);
        var refused = 0;
        _ = SafeTensors.Read(path);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Damaged(whole, random);
            File.WriteAllBytes(path, bytes);
            using var inner = NewDisposeScope();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var (tensors, _) = SafeTensors.Read(path);
                Assert.True(tensors.Values.Sum(tensor => tensor.numel() * tensor.element_size()) <= bytes.Length);
            }
            catch (InvalidDataException error)
            {
                refused++;
                Assert.InRange(error.Message.Length, 20, 2000);
            }
            var used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used <= 20L * bytes.Length + (64 << 10), $"Round {round} allocated {used} for {bytes.Length} bytes.");
        }
        Assert.InRange(refused, Rounds / 2, Rounds - 1);
    }

    [Theory, InlineData("config.json"), InlineData("model.safetensors.index.json")]
    public void A_damaged_configuration_or_index_is_refused_or_describes_the_weights(string name)
    {
        using (var model = Birthplaces.Untrained())
            ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer, maxShardSize: 30_000);
        var whole = File.ReadAllText(In(name));
        var files = Directory.EnumerateFiles(folder.Path).Sum(file => new FileInfo(file).Length);
        ModelFolder.Load(folder.Path).Dispose();
        var random = new Random(name.Length);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            File.WriteAllBytes(In(name), round % 2 == 0 ? TextChanged(whole, random) : BytesChanged(Encoding.UTF8.GetBytes(whole), random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ModelFolder.Load(folder.Path).Dispose();
            }
            catch (Exception error) when (error is InvalidDataException or FileNotFoundException)
            {
                refused++;
                Assert.InRange(error.Message.Length, 20, 2000);
            }
            var used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used <= 40L * files + (4 << 20), $"Round {round} allocated {used} for {files} bytes.");
        }
        Assert.InRange(refused, Rounds / 4, Rounds - 1);
    }

    [Theory, InlineData("adapter_config.json"), InlineData("adapter_model.safetensors")]
    public void Damaged_adapters_are_refused_or_fit_the_model_which_stays_as_it_was(string name)
    {
        using var model = Birthplaces.Untrained();
        using (var adapted = AdapterFolderTests.Drawn(model, new(4, 8, Dropout: 0.25, RankStabilized: true)))
            AdapterFolder.Save(folder.Path, adapted, "org/name");
        var (whole, bits) = (File.ReadAllBytes(In(name)), Birthplaces.Bits(model));
        var files = Directory.EnumerateFiles(folder.Path).Sum(file => new FileInfo(file).Length);
        AdapterFolder.Load(folder.Path, model).Dispose();
        var random = new Random(name.Length);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = name.EndsWith("json", StringComparison.Ordinal)
                ? round % 2 == 0 ? TextChanged(Encoding.UTF8.GetString(whole), random) : BytesChanged(whole.ToArray(), random)
                : Damaged(whole, random);
            File.WriteAllBytes(In(name), bytes);
            var (managed, native) = (GC.GetAllocatedBytesForCurrentThread(), NativeMemory.Held);
            try
            {
                using var adapted = AdapterFolder.Load(folder.Path, model);
                Assert.Equal(4, adapted.Options.Rank);
                Assert.True(NativeMemory.Held - native <= files + (16 << 20), $"Round {round} holds {NativeMemory.Held - native} bytes.");
            }
            catch (InvalidDataException error)
            {
                refused++;
                Assert.InRange(error.Message.Length, 20, 2000);
            }
            var used = GC.GetAllocatedBytesForCurrentThread() - managed;
            Assert.True(used <= 40L * files + (4 << 20), $"Round {round} allocated {used} for {files} bytes.");
        }
        Assert.InRange(refused, Rounds / 4, Rounds - 1);
        Assert.Equal(bits, Birthplaces.Bits(model));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        var text = Encoding.UTF8.GetString(whole, sizeof(long), header);
        var body = whole[(sizeof(long) + header)..];
        switch (random.Next(6))
        {
            case 0: return whole[..random.Next(whole.Length)];
            case 1:
                var bytes = whole.ToArray();
                BinaryPrimitives.WriteInt64LittleEndian(bytes, random.Next(4) switch
                {
                    0 => random.NextInt64(long.MinValue, long.MaxValue),
                    1 => random.Next(0, 2 * whole.Length),
                    2 => long.MaxValue,
                    _ => 100_000_000,
                });
                return bytes;
            case 2: return BytesChanged(whole.ToArray(), random);
            case 3: return Joined(Encoding.UTF8.GetBytes(Nested(text, random)), body);
            default: return Joined(TextChanged(text, random), body);
        }
    }

    private static byte[] Joined(byte[] header, byte[] body)
    {
        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. body];
    }

    private static string Nested(string text, Random random)
    {
        var (at, depth) = (text.IndexOf(random.Next(2) == 0 ? ':' : '['), random.Next(1, 3000));
        return text[..(at + 1)] + new string('[', depth) + new string(']', random.Next(2) * depth) + text[(at + 1)..];
    }

    /// <summary>Replaces a number, a word or a sign of the JSON.</summary>
    private static byte[] TextChanged(string text, Random random)
    {
        var start = random.Next(text.Length);
        var at = text.AsSpan(start).IndexOfAnyInRange('0', '9') + start;
        if (random.Next(3) > 0 && at >= start)
        {
            var length = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            return Encoding.UTF8.GetBytes($"{text[..at]}{Numbers[random.Next(Numbers.Length)]}{text[(at + Math.Max(0, length))..]}");
        }
        var signs = "{}[]:,\"\\e\0";
        return Encoding.UTF8.GetBytes($"{text[..start]}{signs[random.Next(signs.Length)]}{text[(start + random.Next(2))..]}");
    }

    private static byte[] BytesChanged(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        bytes[at] ^= (byte)(1 << random.Next(8));
        return random.Next(4) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            _ => bytes,
        };
    }

    private string In(string name) => Path.Combine(folder.Path, name);
}
