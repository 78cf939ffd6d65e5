namespace Plotly.NET.CSharp;

/// <summary>What charts ask of an optional argument.</summary>
internal static class OptionalExtensions
{
    /// <summary>The argument, or null when it was left out.</summary>
    public static object? OrNull<T>(this Optional<T> optional) => optional.IsSome ? optional.Value : null;

    /// <summary>The argument, or a default when it was left out.</summary>
    public static T Or<T>(this Optional<T> optional, T otherwise) => optional.IsSome ? optional.Value : otherwise;
}
