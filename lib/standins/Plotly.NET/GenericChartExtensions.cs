using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <summary>The fluent calls of the core package that Plotly.NET.CSharp does not repeat.</summary>
public static class GenericChartExtensions
{
    /// <summary>Sets the title of the figure.</summary>
    public static GenericChart WithTitle(this GenericChart @this, string title, FSharpOption<Font>? TitleFont = null) =>
        @this.WithLayout(layout => Json.Merge(layout, Json.Object(("title.text", title), ("title.font", TitleFont.OrNull()))));

    /// <summary>Shows or hides the legend.</summary>
    public static GenericChart WithLegend(this GenericChart @this, bool showlegend) =>
        @this.WithLayout(layout => Json.Set(layout, "showlegend", showlegend));

    /// <summary>Sets width and height in pixels.</summary>
    public static GenericChart WithSize(this GenericChart @this, int width, int height) =>
        @this.WithLayout(layout => Json.Merge(layout, Json.Object(("width", width), ("height", height))));

    /// <summary>Sets the margins around the plots.</summary>
    public static GenericChart WithMargin(this GenericChart @this, Margin margin) =>
        @this.WithLayout(layout => Json.Merge(layout, Json.Object(("margin", margin))));

    /// <summary>Sets the template that speaks where the layout says nothing.</summary>
    public static GenericChart WithTemplate(this GenericChart @this, Template template) =>
        @this.WithLayout(layout => Json.Set(layout, "template", template));

    /// <summary>Changes how plotly.js behaves.</summary>
    public static GenericChart WithConfig(this GenericChart @this, Config config) =>
        @this.WithConfig(known => Json.Merge(known, config.Properties));

    /// <summary>Sets an x axis, the first unless an id is given.</summary>
    public static GenericChart WithXAxis(
        this GenericChart @this, LinearAxis xAxis, FSharpOption<StyleParam.SubPlotId>? Id = null) =>
        WithAxis(@this, xAxis, Id?.Value.Convert() as string ?? "xaxis");

    /// <summary>Sets a y axis, the first unless an id is given.</summary>
    public static GenericChart WithYAxis(
        this GenericChart @this, LinearAxis yAxis, FSharpOption<StyleParam.SubPlotId>? Id = null) =>
        WithAxis(@this, yAxis, Id?.Value.Convert() as string ?? "yaxis");

    /// <summary>Draws every trace against the axes of these numbers, counted from 1.</summary>
    public static GenericChart WithAxisAnchor(this GenericChart @this, FSharpOption<int>? X = null, FSharpOption<int>? Y = null) =>
        @this.WithTraces(trace => Json.Merge(trace, Json.Object(
            ("xaxis", X is null ? null : StyleParam.Numbered("x", X.Value)),
            ("yaxis", Y is null ? null : StyleParam.Numbered("y", Y.Value)))));

    /// <summary>Sets the markers of every trace.</summary>
    public static GenericChart WithMarker(this GenericChart @this, Marker marker) =>
        @this.WithTraces(trace => Json.Merge(trace, Json.Object(("marker", marker))));

    /// <summary>Sets the line of every trace.</summary>
    public static GenericChart WithLine(this GenericChart @this, Line line) =>
        @this.WithTraces(trace => Json.Merge(trace, Json.Object(("line", line))));

    /// <summary>Sets the legend of the colour scale of every trace.</summary>
    public static GenericChart WithColorBar(this GenericChart @this, ColorBar colorbar) =>
        @this.WithTraces(trace => Json.Merge(trace, Json.Object(("colorbar", colorbar))));

    /// <summary>Adds a text, or puts it in the place of all others.</summary>
    /// <remarks>The original's default is <c>true</c>, which C# cannot write for this type; leaving it out means the same.</remarks>
    public static GenericChart WithAnnotation(this GenericChart @this, Annotation annotation, FSharpOption<bool>? Append = null) =>
        @this.WithAnnotations([annotation], Append);

    /// <summary>Adds texts, or puts them in the place of all others.</summary>
    /// <inheritdoc cref="WithAnnotation" path="/remarks"/>
    public static GenericChart WithAnnotations(
        this GenericChart @this, IEnumerable<Annotation> annotations, FSharpOption<bool>? Append = null) =>
        WithItems(@this, "annotations", annotations, Append);

    /// <summary>Adds a shape, or puts it in the place of all others.</summary>
    /// <inheritdoc cref="WithAnnotation" path="/remarks"/>
    public static GenericChart WithShape(this GenericChart @this, Shape shape, FSharpOption<bool>? Append = null) =>
        @this.WithShapes([shape], Append);

    /// <summary>Adds shapes, or puts them in the place of all others.</summary>
    /// <inheritdoc cref="WithAnnotation" path="/remarks"/>
    public static GenericChart WithShapes(this GenericChart @this, IEnumerable<Shape> shapes, FSharpOption<bool>? Append = null) =>
        WithItems(@this, "shapes", shapes, Append);

    /// <summary>Adds horizontal error bars to every trace.</summary>
    public static GenericChart WithXError(this GenericChart @this, Error xError) =>
        @this.WithTraces(trace => Json.Merge(trace, Json.Object(("error_x", xError))));

    /// <summary>Adds vertical error bars to every trace.</summary>
    public static GenericChart WithYError(this GenericChart @this, Error yError) =>
        @this.WithTraces(trace => Json.Merge(trace, Json.Object(("error_y", yError))));

    /// <summary>Adds horizontal error bars to every trace: lengths from the point, downward ones where they differ.</summary>
    public static GenericChart WithXErrorStyle<T1, T2>(
        this GenericChart @this,
        FSharpOption<IEnumerable<T1>>? Array = null,
        FSharpOption<IEnumerable<T2>>? Arrayminus = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where T1 : IConvertible
        where T2 : IConvertible =>
        WithError(@this, "error_x", Array?.Value, Arrayminus?.Value, Symmetric, Color, Thickness, Width);

    /// <summary>Adds vertical error bars to every trace: lengths from the point, downward ones where they differ.</summary>
    public static GenericChart WithYErrorStyle<T1, T2>(
        this GenericChart @this,
        FSharpOption<IEnumerable<T1>>? Array = null,
        FSharpOption<IEnumerable<T2>>? Arrayminus = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where T1 : IConvertible
        where T2 : IConvertible =>
        WithError(@this, "error_y", Array?.Value, Arrayminus?.Value, Symmetric, Color, Thickness, Width);

    private static GenericChart WithAxis(GenericChart chart, LinearAxis axis, string name) =>
        chart.WithLayout(layout => Json.Merge(layout, Json.Object((name, axis))));

    private static GenericChart WithItems(GenericChart chart, string name, IEnumerable<object> items, FSharpOption<bool>? append) =>
        chart.WithLayout(layout =>
        {
            if (append is { Value: false }) layout.Remove(name);
            Json.Merge(layout, new JsonObject { [name] = Json.From(items) });
        });

    private static GenericChart WithError(
        GenericChart chart, string name, object? array, object? minus, FSharpOption<bool>? symmetric, FSharpOption<Color>? color,
        FSharpOption<double>? thickness, FSharpOption<double>? width) =>
        chart.WithTraces(trace => Json.Set(trace, name, Json.Object(
            ("array", array), ("arrayminus", minus), ("symmetric", symmetric.OrNull()), ("color", color.OrNull()),
            ("thickness", thickness.OrNull()), ("width", width.OrNull()))));
}
