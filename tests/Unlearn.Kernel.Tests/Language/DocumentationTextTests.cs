using System.Xml.Linq;
using Unlearn.Kernel.Language;

namespace Unlearn.Kernel.Tests.Language;

public sealed class DocumentationTextTests
{
    [Theory]
    [InlineData("a <see cref=\"T:System.Collections.Generic.List`1\"/> b", "a List b", "a `List` b")]
    [InlineData("<see cref=\"M:System.String.Join(System.Char,System.String[])\"/>", "String.Join", "`String.Join`")]
    [InlineData("<see langword=\"null\"/>", "null", "`null`")]
    [InlineData("<paramref name=\"x\"/>", "x", "`x`")]
    [InlineData("<c>β &gt; 0</c>", "β > 0", "`β > 0`")]
    [InlineData("<see href=\"https://a.b\"/>", "https://a.b", "<https://a.b>")]
    [InlineData("<see href=\"https://a.b\">paper</see>", "paper (https://a.b)", "[paper](https://a.b)")]
    [InlineData("<para>one</para><para>two</para>", "one\n\ntwo", "one\n\ntwo")]
    [InlineData("x<code>\n    a\n      b\n</code>y", "x\n\n    a\n      b\n\ny", "x\n\n```\na\n  b\n```\n\ny")]
    [InlineData("<list type=\"bullet\"><item>one</item><item><term>t</term><description>d</description></item></list>",
        "- one\n- t – d", "- one\n- **t** – d")]
    [InlineData("<list type=\"number\"><item><description>one</description></item><item>two</item></list>",
        "1. one\n2. two", "1. one\n2. two")]
    [InlineData("  a\n     b  ", "a b", "a b")]
    [InlineData("<b>bold</b> <i>soft</i>", "bold soft", "**bold** *soft*")]
    public void Elements_become_text_and_markdown(string xml, string plain, string markdown)
    {
        var element = XElement.Parse($"<summary>{xml}</summary>", LoadOptions.PreserveWhitespace);

        Assert.Equal(plain, new DocumentationText(markdown: false).Of(element));
        Assert.Equal(markdown, new DocumentationText(markdown: true).Of(element));
    }

    [Fact]
    public void Deep_nesting_ends_instead_of_exhausting_the_stack()
    {
        var element = XElement.Parse(string.Concat(Enumerable.Repeat("<a>", 200)) + "x" + string.Concat(Enumerable.Repeat("</a>", 200)));

        Assert.Equal("", new DocumentationText(markdown: false).Of(element));
    }
}
