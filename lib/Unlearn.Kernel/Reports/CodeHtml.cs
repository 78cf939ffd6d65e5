using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Unlearn.Kernel.Reports;

/// <summary>C# with its comments, texts, numbers and keywords marked: enough colour to read a cell by.</summary>
internal static partial class CodeHtml
{
    public static string Render(string code)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match match in Token().Matches(code))
        {
            html.Append(WebUtility.HtmlEncode(code[at..match.Index]));
            var kind = match.Groups.Values.Skip(1).First(g => g.Success).Name;
            html.Append("<span class=\"").Append(kind).Append("\">").Append(WebUtility.HtmlEncode(match.Value)).Append("</span>");
            at = match.Index + match.Length;
        }
        return html.Append(WebUtility.HtmlEncode(code[at..])).ToString();
    }

    [GeneratedRegex("""
        (?<comment>//.*|/\*[\s\S]*?\*/|^\#.*)
        |(?<text>\$*(?<q>"{3,})[\s\S]*?\k<q>|(?:\$@|@\$|@)"(?:[^"]|"")*"|\$?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.[^'\n]*)')
        |(?<number>\b[0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?[fFmMdDlLuU]{0,2}\b)
        |(?<keyword>\b(?:abstract|as|await|async|base|bool|break|case|catch|class|const|continue|decimal
        |default|do|double|else|enum|false|finally
        |float|for|foreach|get|if|in|init|int|interface|internal|is|long|new|not|null|object|or|out|override
        |params|private|public|readonly|record
        |ref|return|sealed|set|static|string|struct|switch|this|throw|true|try|using|var|virtual|void|when|where|while|with|yield)\b)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Token();
}
