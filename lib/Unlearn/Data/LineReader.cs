using System.Text;

namespace Unlearn.Data;

/// <summary>Cuts a UTF-8 file into lines at LF or CRLF, strictly: no replacement characters, no endless lines.</summary>
internal static class LineReader
{
    /// <summary>Longest line read, in bytes. TOFU's longest is below 4 KiB.</summary>
    public const int MaxLineBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines with their numbers, counted from 1; a byte-order mark at the start of the file is dropped.</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="MaxLineBytes"/> or not UTF-8.</exception>
    public static IEnumerable<(int Number, string Text)> Lines(string path)
    {
        using var stream = new BufferedStream(File.OpenRead(path), 1 << 16);
        var line = new List<byte>(4096);
        var number = 1;
        for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            if (next == '\n')
            {
                yield return (number, Decode(line, path, number));
                line.Clear();
                number++;
                continue;
            }
            if (line.Count == MaxLineBytes)
                throw Problem.At(path, number, $"expected a line of at most {MaxLineBytes} bytes, got a longer one; is this a text file?");
            line.Add((byte)next);
        }
        if (line.Count > 0) yield return (number, Decode(line, path, number));
    }

    private static string Decode(List<byte> line, string path, int number)
    {
        try
        {
            var text = Strict.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));
            if (number == 1) text = text.TrimStart('\uFEFF');
            return text.EndsWith('\r') ? text[..^1] : text;
        }
        catch (DecoderFallbackException)
        {
            throw Problem.At(path, number, "expected UTF-8 text, got bytes that are not; save the file as UTF-8");
        }
    }
}
