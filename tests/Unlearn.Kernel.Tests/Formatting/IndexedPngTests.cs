using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel.Tests.Formatting;

public class IndexedPngTests
{
    // Each of PNG's five filters on one row, with three colours that the palette keeps exactly.
    [Fact]
    public void A_picture_of_few_colours_keeps_every_pixel()
    {
        const int width = 64, height = 5;
        var pixels = Enumerable.Range(0, width * height).Select(i => (i % 7) switch
        {
            0 => new byte[] { 0, 114, 178, 255 },
            < 4 => [255, 255, 255, 255],
            _ => [213, 94, 0, 255],
        }).ToArray();
        var png = Rgba(width, height, pixels.SelectMany(pixel => pixel).ToArray(), row => row);

        var small = IndexedPng.From(png);

        var (palette, indices) = Indexed(small, width, height);
        Assert.Equal(pixels.Select(pixel => (pixel[0], pixel[1], pixel[2])), indices.Select(index => palette[index]));
    }

    [Fact]
    public void A_smooth_picture_stays_within_a_few_shades_and_gets_smaller()
    {
        const int width = 200, height = 100;
        var pixels = Enumerable.Range(0, width * height).SelectMany(i => new byte[] { (byte)(i % width), (byte)(i / width), 128, 255 }).ToArray();
        var png = Rgba(width, height, pixels, _ => 0);

        var small = IndexedPng.From(png);

        var (palette, indices) = Indexed(small, width, height);
        Assert.True(small.Length < png.Length);
        Assert.All(indices.Index(), place => Assert.InRange(
            Math.Abs(palette[place.Item].R - pixels[place.Index * 4]) + Math.Abs(palette[place.Item].G - pixels[place.Index * 4 + 1]), 0, 24));
    }

    [Fact]
    public void What_is_no_such_picture_stays_as_it_is()
    {
        byte[] text = "not a picture"u8.ToArray(), half = Rgba(1, 1, [1, 2, 3, 128], _ => 0), cut = Rgba(1, 1, [1, 2, 3, 255], _ => 0)[..45];

        Assert.Same(text, IndexedPng.From(text));
        Assert.Same(half, IndexedPng.From(half));
        Assert.Same(cut, IndexedPng.From(cut));
    }

    private static byte[] Rgba(int width, int height, byte[] pixels, Func<int, int> filter)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                stream.WriteByte((byte)filter(y));
                for (var x = 0; x < width * 4; x++) stream.WriteByte((byte)(pixels[y * width * 4 + x] - Predicted(filter(y), x, y)));
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];

        int Predicted(int kind, int x, int y)
        {
            int At(int dx, int dy) => x - dx < 0 || y - dy < 0 ? 0 : pixels[(y - dy) * width * 4 + x - dx];
            var (left, up, corner) = (At(4, 0), At(0, 1), At(4, 1));
            return kind switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
        }

        static int Paeth(int left, int up, int corner)
        {
            var estimate = left + up - corner;
            return new[] { left, up, corner }.MinBy(each => Math.Abs(each - estimate));
        }
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(name), .. content, 0, 0, 0, 0];
    }

    private static ((byte R, byte G, byte B)[] Palette, byte[] Indices) Indexed(byte[] png, int width, int height)
    {
        Assert.Equal((8, 3), (png[24], png[25]));
        byte[] Content(string name)
        {
            var at = png.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name));
            return png[(at + 4)..(at + 4 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4)))];
        }
        using var rows = new ZLibStream(new MemoryStream(Content("IDAT")), CompressionMode.Decompress);
        var raw = new byte[(width + 1) * height];
        rows.ReadExactly(raw);
        return ([.. Content("PLTE").Chunk(3).Select(colour => (colour[0], colour[1], colour[2]))],
            [.. raw.Chunk(width + 1).SelectMany(row => row[1..])]);
    }
}
