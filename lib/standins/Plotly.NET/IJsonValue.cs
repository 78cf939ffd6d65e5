namespace Plotly.NET;

/// <summary>A value that plotly.js knows by a constant of its own.</summary>
internal interface IJsonValue
{
    /// <summary>The value as plotly.js writes it.</summary>
    object Convert();
}
