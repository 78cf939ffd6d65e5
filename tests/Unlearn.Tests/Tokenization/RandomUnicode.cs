using System.Text;

namespace Unlearn.Tests.Tokenization;

/// <summary>Valid UTF-16 with plenty of what tokenizers get wrong: white space, quotes, many scripts, characters beyond U+FFFF.</summary>
internal static class RandomUnicode
{
    private const string Tricky = "  \t\n\r\u00a0\u2003\u3000''''sdtmrevl019٣½aAäßñωЖ日本한हि\u0301\u200b\u200d\ufeff\0\u001c.,!?<|>";

    public static string Text(Random random, int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(random.Next(4) > 0 ? Tricky[random.Next(Tricky.Length)].ToString() : AnyRune(random).ToString());
        }
        return text.ToString();
    }

    private static Rune AnyRune(Random random)
    {
        var value = random.Next(0x110000 - 0x800);
        return new(value < 0xD800 ? value : value + 0x800);
    }
}
