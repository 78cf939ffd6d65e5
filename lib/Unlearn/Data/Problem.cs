namespace Unlearn.Data;

/// <summary>Exceptions about data files: every message starts with the file and, where there is one, the line.</summary>
internal static class Problem
{
    public static InvalidDataException In(string path, string what) => new($"{path}: {what}.");

    public static InvalidDataException At(string path, int line, string what, Exception? inner = null) =>
        new($"{path}({line}): {what}.", inner);

    /// <summary>At most 60 characters of a text that came from a file, for a message.</summary>
    public static string Excerpt(string text) => text.Length <= 60 ? $"'{text}'" : $"'{text[..60]}…'";
}
