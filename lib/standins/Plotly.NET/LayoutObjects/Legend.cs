using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

/// <summary>A legend in all its properties.</summary>
public sealed class Legend : IJsonObject
{
    private Legend(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A legend with what is given; plotly.js decides the rest.</summary>
    public static Legend init(
        FSharpOption<Color>? BGColor = null,
        FSharpOption<Color>? BorderColor = null,
        FSharpOption<double>? BorderWidth = null,
        FSharpOption<double>? EntryWidth = null,
        FSharpOption<StyleParam.EntryWidthMode>? EntryWidthMode = null,
        FSharpOption<Font>? Font = null,
        FSharpOption<StyleParam.TraceGroupClickOptions>? GroupClick = null,
        FSharpOption<Font>? GroupTitleFont = null,
        FSharpOption<StyleParam.TraceItemClickOptions>? ItemClick = null,
        FSharpOption<StyleParam.TraceItemClickOptions>? ItemDoubleClick = null,
        FSharpOption<StyleParam.TraceItemSizing>? ItemSizing = null,
        FSharpOption<int>? ItemWidth = null,
        FSharpOption<StyleParam.Orientation>? Orientation = null,
        FSharpOption<Title>? Title = null,
        FSharpOption<double>? TraceGroupGap = null,
        FSharpOption<StyleParam.TraceOrder>? TraceOrder = null,
        FSharpOption<string>? UIRevision = null,
        FSharpOption<StyleParam.VerticalAlign>? VerticalAlign = null,
        FSharpOption<bool>? Visible = null,
        FSharpOption<double>? X = null,
        FSharpOption<StyleParam.XAnchorPosition>? XAnchor = null,
        FSharpOption<string>? XRef = null,
        FSharpOption<double>? Y = null,
        FSharpOption<StyleParam.YAnchorPosition>? YAnchor = null,
        FSharpOption<string>? YRef = null) =>
        new(Json.Object(
            ("bgcolor", BGColor.OrNull()), ("bordercolor", BorderColor.OrNull()), ("borderwidth", BorderWidth.OrNull()),
            ("entrywidth", EntryWidth.OrNull()), ("entrywidthmode", EntryWidthMode.OrNull()), ("font", Font.OrNull()),
            ("groupclick", GroupClick.OrNull()), ("grouptitlefont", GroupTitleFont.OrNull()), ("itemclick", ItemClick.OrNull()),
            ("itemdoubleclick", ItemDoubleClick.OrNull()), ("itemsizing", ItemSizing.OrNull()), ("itemwidth", ItemWidth.OrNull()),
            ("orientation", Orientation.OrNull()), ("title", Title.OrNull()), ("tracegroupgap", TraceGroupGap.OrNull()),
            ("traceorder", TraceOrder.OrNull()), ("uirevision", UIRevision.OrNull()), ("valign", VerticalAlign.OrNull()),
            ("visible", Visible.OrNull()), ("x", X.OrNull()), ("xanchor", XAnchor.OrNull()), ("xref", XRef.OrNull()), ("y", Y.OrNull()),
            ("yanchor", YAnchor.OrNull()), ("yref", YRef.OrNull())));
}
