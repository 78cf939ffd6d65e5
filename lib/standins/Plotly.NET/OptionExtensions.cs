using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>What figures ask of an optional argument of F#.</summary>
internal static class OptionExtensions
{
    /// <summary>The argument, or null when it was left out.</summary>
    public static object? OrNull<T>(this FSharpOption<T>? option) => option is null ? null : option.Value;
}
