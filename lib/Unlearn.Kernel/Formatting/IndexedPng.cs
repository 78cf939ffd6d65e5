// Written by hand because the feed has no image library that runs without a native one.
using System.Buffers.Binary;
using System.IO.Compression;

namespace Unlearn.Kernel.Formatting;

/// <summary>Makes a browser's picture of a chart a third of its size: charts have few colours, so 256 with a palette show the same.</summary>
internal static class IndexedPng
{
    private const int Colours = 256;

    // Shades that differ by less than this many steps of 256 share a place in the palette.
    private const int Bits = 2;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n =>
        Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    /// <summary>The picture with a palette; the same bytes where that is no gain or the picture is of another kind.</summary>
    /// <param name="png">8 bits a channel, RGB or opaque RGBA, not interlaced, as Chromium writes it.</param>
    public static byte[] From(byte[] png)
    {
        if (Decode(png) is not { } picture) return png;
        var (width, height, pixels) = picture;
        var counts = new Dictionary<int, (long R, long G, long B, int Count)>();
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var place = Place(pixels, i);
            var sum = counts.GetValueOrDefault(place);
            counts[place] = (sum.R + pixels[i], sum.G + pixels[i + 1], sum.B + pixels[i + 2], sum.Count + 1);
        }
        var palette = Palette([.. counts.OrderByDescending(each => each.Value.Count).ThenBy(each => each.Key).Select(each => Mean(each.Value))]);
        var nearest = counts.ToDictionary(each => each.Key, each => (byte)palette.Index().MinBy(colour => Distance(colour.Item, Mean(each.Value))).Index);

        var rows = new byte[height * (width + 1)];              // each row begins with filter 0, which suits palettes best
        for (int y = 0, i = 0; y < height; y++)
            for (var x = 0; x < width; x++, i += 3) rows[y * (width + 1) + 1 + x] = nearest[Place(pixels, i)];
        var small = Encode(width, height, palette, rows);
        return small.Length < png.Length ? small : png;
    }

    private static int Place(byte[] pixels, int i) => pixels[i] >> Bits << 16 | pixels[i + 1] >> Bits << 8 | pixels[i + 2] >> Bits;

    // The commonest shades as they are, others where none is near: "near" is widened until the palette suffices, so that a smooth
    // gradient is spread over it and no rare colour falls to a far one.
    private static (int R, int G, int B)[] Palette((int R, int G, int B)[] commonestFirst)
    {
        for (var near = 0; ; near += 4)
        {
            List<(int R, int G, int B)> palette = [];
            foreach (var colour in commonestFirst)
            {
                if (palette.Any(other => Distance(other, colour) <= near * near)) continue;
                palette.Add(colour);
                if (palette.Count > Colours) break;
            }
            if (palette.Count <= Colours) return [.. palette];
        }
    }

    private static (int R, int G, int B) Mean((long R, long G, long B, int Count) sum) =>
        ((int)(sum.R / sum.Count), (int)(sum.G / sum.Count), (int)(sum.B / sum.Count));

    private static int Distance((int R, int G, int B) one, (int R, int G, int B) other) =>
        (one.R - other.R) * (one.R - other.R) + (one.G - other.G) * (one.G - other.G) + (one.B - other.B) * (one.B - other.B);

    private static (int Width, int Height, byte[] Rgb)? Decode(byte[] png)
    {
        if (png.Length < 33 || !png.AsSpan(0, 8).SequenceEqual(Signature)) return null;
        var header = png.AsSpan(16, 13);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        if (header[8] != 8 || header[9] is not (2 or 6) || header[12] != 0) return null;
        var channels = header[9] == 2 ? 3 : 4;

        using var packed = new MemoryStream();
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (length < 0 || at + 12 + length > png.Length) return null;
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) packed.Write(png, at + 8, length);
            at += 12 + length;
        }
        packed.Position = 0;
        var (stride, raw) = (width * channels, new byte[(width * channels + 1) * height]);
        try
        {
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            unpacked.ReadExactly(raw);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return null;
        }

        var rgb = new byte[width * height * 3];
        byte[] above = new byte[stride], line = new byte[stride];
        for (var y = 0; y < height; y++, (above, line) = (line, above))
        {
            var filter = raw[y * (stride + 1)];
            for (var x = 0; x < stride; x++)
            {
                int left = x < channels ? 0 : line[x - channels], up = above[x], corner = x < channels ? 0 : above[x - channels];
                line[x] = (byte)(raw[y * (stride + 1) + 1 + x] + filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Paeth(left, up, corner),
                });
            }
            for (var x = 0; x < width; x++)
            {
                if (channels == 4 && line[x * 4 + 3] != 255) return null;
                Array.Copy(line, x * channels, rgb, (y * width + x) * 3, 3);
            }
        }
        return (width, height, rgb);
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static byte[] Encode(int width, int height, (int R, int G, int B)[] palette, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) stream.Write(rows);

        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk("IHDR"u8, header);
        Chunk("PLTE"u8, [.. palette.SelectMany(colour => new[] { (byte)colour.R, (byte)colour.G, (byte)colour.B })]);
        Chunk("IDAT"u8, packed.ToArray());
        Chunk("IEND"u8, []);
        return png.ToArray();

        void Chunk(ReadOnlySpan<byte> name, byte[] content)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            png.Write(number);
            byte[] checkedPart = [.. name, .. content];
            png.Write(checkedPart);
            BinaryPrimitives.WriteUInt32BigEndian(number, ~checkedPart.Aggregate(uint.MaxValue, (crc, b) => CrcTable[(crc ^ b) & 255] ^ (crc >> 8)));
            png.Write(number);
        }
    }
}
