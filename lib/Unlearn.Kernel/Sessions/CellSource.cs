using System.Collections.Immutable;

namespace Unlearn.Kernel.Sessions;

/// <summary>A part of a cell in one language.</summary>
internal abstract record Segment;

/// <summary>C#: the text starts with as many empty lines as stand before it in the cell, so that line numbers are the cell's.</summary>
internal sealed record CodeSegment(string Text, ImmutableArray<PackageRequest> Packages) : Segment;

/// <summary>Markdown to be shown.</summary>
internal sealed record MarkdownSegment(string Text) : Segment;

/// <summary>A cell's text, split at its directives (lines that start with <c>#!</c> or <c>#r "nuget:</c>).</summary>
internal sealed record CellSource(ImmutableArray<Segment> Segments, bool IsTimed)
{
    /// <exception cref="CellException">A directive is unknown or malformed.</exception>
    public static CellSource Parse(string source)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var packages = ImmutableArray.CreateBuilder<PackageRequest>();
        var lines = new List<string>();
        var (isMarkdown, isTimed) = (false, false);

        foreach (var (index, line) in source.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var directive = line.TrimEnd();
            if (directive.StartsWith("#!", StringComparison.Ordinal))
            {
                switch (directive.Split(' ', 2)[0])
                {
                    case "#!csharp" or "#!c#" or "#!C#":
                        StartSegment(markdown: false, index);
                        break;
                    case "#!markdown":
                        StartSegment(markdown: true, index);
                        break;
                    case "#!time":
                        isTimed = true;
                        break;
                    case var unknown:
                        throw new CellException("UnknownDirective", $"Unknown magic command '{unknown}'. "
                            + "Known here: #!csharp, #!markdown, #!time, #r and #load.", index + 1);
                }
                lines.Add("");
            }
            else if (!isMarkdown && PackageRequest.TryParse(directive, index + 1, out var package))
            {
                packages.Add(package);
                lines.Add("");
            }
            else
            {
                lines.Add(line);
            }
        }
        EndSegment();
        return new(segments.ToImmutable(), isTimed);

        void StartSegment(bool markdown, int linesBefore)
        {
            EndSegment();
            isMarkdown = markdown;
            if (!markdown) lines.AddRange(Enumerable.Repeat("", linesBefore));
        }

        void EndSegment()
        {
            var text = string.Join('\n', lines);
            lines.Clear();
            if (string.IsNullOrWhiteSpace(text) && packages.Count == 0) return;
            segments.Add(isMarkdown ? new MarkdownSegment(text.Trim('\n')) : new CodeSegment(text, packages.DrainToImmutable()));
        }
    }
}
