namespace Plotly.NET.CSharp;

/// <summary>An argument that may be left out, for reference and value types alike.</summary>
/// <param name="Value">The argument; meaningless when it was left out.</param>
/// <param name="IsSome">Whether it was given.</param>
public readonly record struct Optional<T>(T Value, bool IsSome)
{
    /// <summary>Gives the argument.</summary>
    public static implicit operator Optional<T>(T Value) => new(Value, true);
}
