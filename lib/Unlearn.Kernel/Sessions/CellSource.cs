using System.Collections.Immutable;
using Unlearn.Kernel.Directives;

namespace Unlearn.Kernel.Sessions;

/// <summary>A text to be run: a cell, or a cell or file that another one imports.</summary>
/// <param name="Name">What errors call it: <c>cell 3</c>, or a full path.</param>
/// <param name="Text">The text, lines ended by <c>\n</c>.</param>
internal sealed record CellText(string Name, string Text);

/// <summary>A part of a cell.</summary>
internal abstract record Segment;

/// <summary>Lines in one language.</summary>
/// <param name="Language">The language that a directive chose; C# without one.</param>
/// <param name="Text">The lines.</param>
/// <param name="Line">The number of the first of them in the cell, from 1.</param>
internal sealed record TextSegment(ILanguage Language, string Text, int Line) : Segment;

/// <summary>A directive that does something at its place.</summary>
internal sealed record MagicSegment(IMagic Magic, DirectiveLine Line) : Segment;

/// <summary>Splits cells at the lines that begin with <c>#!</c>.</summary>
internal static class CellSource
{
    /// <exception cref="CellException">A directive is unknown, or one that takes no arguments has some.</exception>
    public static ImmutableArray<Segment> Parse(string source)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var lines = new List<string>();
        var (language, start) = (Magics.CSharp, 1);

        foreach (var (index, line) in source.Split('\n').Index())
        {
            if (!line.StartsWith("#!", StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }
            EndText();
            start = index + 2;
            var directive = DirectiveLine.Parse(line, index + 1);
            switch (Magics.Find(directive))
            {
                case ILanguage chosen:
                    language = chosen;
                    Arguments.None(directive, chosen);
                    break;
                case IMagic magic:
                    segments.Add(new MagicSegment(magic, directive));
                    break;
            }
        }
        EndText();
        return segments.ToImmutable();

        void EndText()
        {
            var text = string.Join('\n', lines);
            lines.Clear();
            if (!string.IsNullOrWhiteSpace(text)) segments.Add(new TextSegment(language, text, start));
        }
    }
}
