using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

[Collection(nameof(OneAtATime))]
public class ModuleFileTests
{
    /// <summary>Two entries; each a name, the type (6 is float32), the rank, the sizes, and the bytes of the numbers.</summary>
    private static readonly byte[] Known =
    [
        2,
        6, .. Encoding.UTF8.GetBytes("weight"), 6, 2, 1, 2, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40,      // 1, 2
        4, .. Encoding.UTF8.GetBytes("bias"), 6, 1, 1, 0, 0, 0x40, 0x40,                           // 3
    ];

    [Fact]
    public void The_file_is_the_originals_to_the_byte()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1);
        module.load(new MemoryStream(Known));

        Assert.Equal([1, 2], module.weight.data<float>().ToArray());
        Assert.Equal([3], module.bias!.data<float>().ToArray());
        using var stream = new MemoryStream();
        module.save(stream);
        Assert.Equal(Known, stream.ToArray());
    }

    [Fact]
    public void A_size_above_127_takes_two_bytes()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);

        nn.Module.save_state_dict(writer, new() { ["x"] = zeros(300, dtype: ScalarType.Bool) });

        Assert.Equal([1, 1, (byte)'x', 11, 1, 0xac, 0x02], stream.ToArray()[..7]);
        Assert.Equal(7 + 300, stream.Length);
    }

    [Fact]
    public void Every_truncation_is_an_error_that_says_so()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1);

        for (var length = 0; length < Known.Length; length++)
        {
            var error = Record.Exception(() => module.load(new MemoryStream(Known[..length])));
            Assert.True(error is InvalidDataException, $"{length} bytes gave {error?.GetType().Name ?? "no error"}");
        }
    }

    [Fact]
    public void Damaged_bytes_never_end_the_process()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1);
        var random = new Random(17);

        for (var round = 0; round < 2_000; round++)
        {
            var bytes = (byte[])Known.Clone();
            for (var change = 0; change <= round % 3; change++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var inner = NewDisposeScope();
            var error = Record.Exception(() => module.load(new MemoryStream(bytes), strict: round % 2 == 0));
            Assert.True(error is null or InvalidDataException or ArgumentException, $"{error}");
        }
    }

    [Fact]
    public void Names_and_shapes_must_fit()
    {
        using var scope = NewDisposeScope();
        using var wide = nn.Linear(3, 1);
        using var bare = nn.Linear(2, 1, hasBias: false);

        var error = Assert.Throws<ArgumentException>(() => wide.load(new MemoryStream(Known)));
        Assert.Contains("(1, 3)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => bare.load(new MemoryStream(Known)));
        var loaded = new Dictionary<string, bool>();
        bare.load(new MemoryStream(Known), strict: false, loadedParameters: loaded);

        Assert.Equal([1, 2], bare.weight.data<float>().ToArray());
        Assert.Equal(new() { ["weight"] = true, ["bias"] = false }, loaded);
    }

    [Fact]
    public void Files_are_replaced_whole_and_skipped_entries_stay()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("torchsharp-");
        try
        {
            var file = Path.Combine(folder.FullName, "model.dat");
            using var module = nn.Linear(2, 1);
            module.load(new MemoryStream(Known));
            module.save(file);
            module.save(file, skip: ["bias"]);
            nn.init.zeros_(module.weight);
            nn.init.zeros_(module.bias!);

            Assert.Throws<ArgumentException>(() => module.load(file));
            module.load(file, strict: false);

            Assert.Equal([1, 2], module.weight.data<float>().ToArray());
            Assert.Equal([0], module.bias!.data<float>().ToArray());
            Assert.Equal([file], Directory.GetFiles(folder.FullName));
            Assert.Throws<FileNotFoundException>(() => module.load(file + "x"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
