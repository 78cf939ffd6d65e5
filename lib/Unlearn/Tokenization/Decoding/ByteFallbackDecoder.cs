using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Decoding;

/// <summary>Reads runs of tokens such as &lt;0xE2&gt; as UTF-8; a run that is none becomes one U+FFFD a token.</summary>
internal sealed class ByteFallbackDecoder : IDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public void Decode(List<string> tokens)
    {
        var result = new List<string>(tokens.Count);
        var run = new List<byte>();
        foreach (var token in tokens)
        {
            if (token is ['<', '0', 'x', var high, var low, '>']
                && byte.TryParse([high, low], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                run.Add(value);
                continue;
            }
            Flush();
            result.Add(token);
        }
        Flush();
        tokens.Clear();
        tokens.AddRange(result);

        void Flush()
        {
            if (run.Count == 0) return;
            try
            {
                result.Add(Strict.GetString([.. run]));
            }
            catch (DecoderFallbackException)
            {
                result.Add(new string('\ufffd', run.Count));
            }
            run.Clear();
        }
    }
}
