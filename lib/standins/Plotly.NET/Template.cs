namespace Plotly.NET;

/// <summary>A template of plotly.js; here only the empty one, which says nothing.</summary>
public sealed class Template;
