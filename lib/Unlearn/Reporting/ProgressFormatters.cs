namespace Unlearn.Reporting;

/// <summary>
/// Names the type that formats values of the marked type in a notebook. Notebook engines look for an attribute of this name, whatever
/// assembly it is from, so a library can say how its values look without depending on one.
/// </summary>
/// <param name="formatterSourceType">A type with <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}

/// <summary>How progress looks in a notebook: a small bar, and one line where only text is shown.</summary>
internal sealed class ProgressFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
        [new Formatter("text/html", state => state.ToHtml()), new Formatter("text/plain", state => state.ToString())];

    private sealed record Formatter(string MimeType, Func<ProgressState, string> Text)
    {
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not ProgressState state) return false;
            writer.Write(Text(state));
            return true;
        }
    }
}
