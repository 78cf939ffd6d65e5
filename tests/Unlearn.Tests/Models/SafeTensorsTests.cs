using System.Buffers.Binary;
using System.Text;
using Unlearn.Models;
using Unlearn.Tests.Data;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "some.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tensors_and_texts_come_back_as_they_were()
    {
        using var scope = NewDisposeScope();
        var written = new Dictionary<string, Tensor>
        {
            ["b"] = tensor(new[] { 1.5f, -2, 3, 4, 5, float.NaN }, [2, 3]).t(),
            ["a"] = tensor(new[] { Math.PI }),
            ["c"] = tensor(new long[] { long.MinValue, 7 }),
            ["d"] = tensor(new long[] { 0, 255, 3 }).to(ScalarType.Byte),
            ["scalar"] = tensor(2.0),
            ["empty"] = zeros(0, 4),
        };
        SafeTensors.Write(File, written, new Dictionary<string, string> { ["step"] = "12" });
        var (read, texts) = SafeTensors.Read(File);

        Assert.Equal("12", texts["step"]);
        Assert.Equal(written.Keys.Order(), read.Keys.Order());
        Assert.Equal([3, 2], read["b"].shape);
        Assert.Equal([1.5f, 4, -2, 5, 3, float.NaN], read["b"].data<float>().ToArray());
        Assert.Equal(Math.PI, read["a"].item<double>());
        Assert.Equal([long.MinValue, 7], read["c"].data<long>().ToArray());
        Assert.Equal([0, 255, 3], read["d"].data<byte>().ToArray());
        Assert.Empty(read["scalar"].shape);
        Assert.Equal([0, 4], read["empty"].shape);
    }

    // 1.5 and −2 by hand: sign, exponent, fraction.
    [Theory, InlineData("BF16", new byte[] { 0xC0, 0x3F, 0x00, 0xC0 }), InlineData("F16", new byte[] { 0x00, 0x3E, 0x00, 0xC0 })]
    public void Halves_are_read_as_float32(string type, byte[] data)
    {
        using var scope = NewDisposeScope();
        Raw($$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]}}""", data);

        Assert.Equal([1.5f, -2], SafeTensors.Read(File).Tensors["x"].data<float>().ToArray());
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(File, new Dictionary<string, Tensor> { ["x"] = arange(5.0), ["y"] = ones(3) });
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length += 7)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(File));
        }
    }

    [Fact]
    public void One_turned_bit_among_the_numbers_is_found()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(File, new Dictionary<string, Tensor> { ["x"] = arange(5.0) });
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[^9] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);

        Assert.Contains("digest", Assert.Throws<InvalidDataException>(() => SafeTensors.Read(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]                               // shape and bytes differ
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""")]            // · 4 is 4 in 64 bits
    [InlineData("""{"x":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("""{"x":3}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Headers_that_do_not_fit_the_bytes_are_refused(string header)
    {
        Raw(header, new byte[4]);

        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(File));
    }

    private void Raw(string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        System.IO.File.WriteAllBytes(File, [.. length, .. Encoding.ASCII.GetBytes(header), .. data]);
    }
}
