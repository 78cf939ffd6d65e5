using System.Buffers;
using System.Text;

namespace Unlearn.Tokenization.Decoding;

/// <summary>Reads tokens in the byte alphabet; one that has other characters, such as a special token, stands for its own UTF-8.</summary>
internal sealed class ByteLevelDecoder : IDecoder
{
    public void Decode(List<string> tokens)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(16, tokens.Count * 4));
        foreach (var token in tokens)
        {
            if (ByteAlphabet.TryRead(token, bytes.GetSpan(token.Length))) bytes.Advance(token.Length);
            else Encoding.UTF8.GetBytes(token, bytes);
        }
        tokens.Clear();
        tokens.Add(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
