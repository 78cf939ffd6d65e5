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
    public void Halves_are_kept_or_read_as_float32(string type, byte[] data)
    {
        using var scope = NewDisposeScope();
        Raw($$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]}}""", data);

        Assert.Equal(data, SafeTensors.Read(File).Tensors["x"].bytes);
        Assert.Equal([1.5f, -2], SafeTensors.Read(File, float32).Tensors["x"].data<float>());
    }

    [Theory]
    [InlineData(ScalarType.Float64), InlineData(ScalarType.Float32), InlineData(ScalarType.Float16), InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64), InlineData(ScalarType.Int32), InlineData(ScalarType.Int16), InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte), InlineData(ScalarType.Bool)]
    public void Every_type_comes_back_bit_for_bit(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var written = tensor(new long[] { 0, 1, 100, 3, 0, 1 }, [3, 2]).to(type);
        SafeTensors.Write(File, new Dictionary<string, Tensor> { ["x"] = written.t(), ["odd"] = zeros(1, dtype: ScalarType.Byte) });
        var read = SafeTensors.Read(File).Tensors["x"];

        Assert.Equal(type, read.dtype);
        Assert.Equal(written.t().contiguous().bytes, read.bytes);
    }

    [Fact]
    public void Bytes_that_are_neither_false_nor_true_become_true()
    {
        using var scope = NewDisposeScope();
        Raw("""{"x":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}""", [0, 1, 2, 255]);

        Assert.Equal([false, true, true, true], SafeTensors.Read(File).Tensors["x"].data<bool>());
    }

    [Fact]
    public void Names_and_shapes_are_known_before_any_number_is_read()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(File, new Dictionary<string, Tensor> { ["x"] = arange(6, dtype: float64).view(2, 3), ["y"] = ones(3) });
        var before = Tensor.TotalCount;
        using var file = SafeTensorsFile.Open(File);

        Assert.Equal(["x float64 [2, 3]", "y float32 [3]"], file.Entries.Select(entry => entry.ToString()));
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal([0.0, 1, 2, 3, 4, 5], file.Read("x").data<double>());
        Assert.Equal(float32, file.Read("x", float32).dtype);
        Assert.Throws<KeyNotFoundException>(() => file.Read("z"));
    }

    [Fact]
    public void A_tensor_is_read_over_another_in_its_type_and_layout()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(File, new Dictionary<string, Tensor> { ["x"] = arange(6f).view(2, 3) });
        using var file = SafeTensorsFile.Open(File);
        var targets = new[] { zeros(2, 3), zeros(2, 3, dtype: bfloat16), zeros(3, 2).t() };
        foreach (var target in targets) file.ReadInto("x", target);

        Assert.All(targets, target => Assert.Equal([0f, 1, 2, 3, 4, 5], target.to(float32).data<float>()));
        Assert.Throws<ArgumentException>(() => file.ReadInto("x", zeros(3, 2)));
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
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{"a":1},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}""")]
    [InlineData(""" {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}}""")]
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
