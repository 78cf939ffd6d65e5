using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;
using Plotly.NET.ConfigObjects;

namespace Plotly.NET;

/// <summary>How plotly.js behaves: buttons, zoom, size.</summary>
public sealed class Config : IJsonObject
{
    private Config(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A configuration with what is given; plotly.js decides the rest.</summary>
    public static Config init(
        FSharpOption<bool>? StaticPlot = null,
        FSharpOption<bool>? TypesetMath = null,
        FSharpOption<string>? PlotlyServerUrl = null,
        FSharpOption<bool>? Editable = null,
        FSharpOption<Edits>? Edits = null,
        FSharpOption<bool>? EditSelection = null,
        FSharpOption<bool>? Autosizable = null,
        FSharpOption<bool>? Responsive = null,
        FSharpOption<bool>? FillFrame = null,
        FSharpOption<double>? FrameMargins = null,
        FSharpOption<StyleParam.ScrollZoom>? ScrollZoom = null,
        FSharpOption<StyleParam.DoubleClick>? DoubleClick = null,
        FSharpOption<int>? DoubleClickDelay = null,
        FSharpOption<bool>? ShowAxisDragHandles = null,
        FSharpOption<bool>? ShowAxisRangeEntryBoxes = null,
        FSharpOption<bool>? ShowTips = null,
        FSharpOption<bool>? ShowLink = null,
        FSharpOption<string>? LinkText = null,
        FSharpOption<bool>? SendData = null,
        FSharpOption<object>? ShowSources = null,
        FSharpOption<bool>? DisplayModeBar = null,
        FSharpOption<bool>? ShowSendToCloud = null,
        FSharpOption<bool>? ShowEditInChartStudio = null,
        FSharpOption<IEnumerable<StyleParam.ModeBarButton>>? ModeBarButtonsToRemove = null,
        FSharpOption<IEnumerable<StyleParam.ModeBarButton>>? ModeBarButtonsToAdd = null,
        FSharpOption<IEnumerable<IEnumerable<StyleParam.ModeBarButton>>>? ModeBarButtons = null,
        FSharpOption<ToImageButtonOptions>? ToImageButtonOptions = null,
        FSharpOption<bool>? Displaylogo = null,
        FSharpOption<bool>? Watermark = null,
        FSharpOption<double>? plotGlPixelRatio = null,
        FSharpOption<object>? SetBackground = null,
        FSharpOption<string>? TopojsonURL = null,
        FSharpOption<string>? MapboxAccessToken = null,
        FSharpOption<int>? Logging = null,
        FSharpOption<int>? NotifyOnLogging = null,
        FSharpOption<int>? QueueLength = null,
        FSharpOption<object>? GlobalTransforms = null,
        FSharpOption<string>? Locale = null,
        FSharpOption<object>? Locales = null) =>
        new(Json.Object(
            ("staticPlot", StaticPlot.OrNull()), ("typesetMath", TypesetMath.OrNull()), ("plotlyServerURL", PlotlyServerUrl.OrNull()),
            ("editable", Editable.OrNull()), ("edits", Edits.OrNull()), ("editSelection", EditSelection.OrNull()),
            ("autosizable", Autosizable.OrNull()), ("responsive", Responsive.OrNull()), ("fillFrame", FillFrame.OrNull()),
            ("frameMargins", FrameMargins.OrNull()), ("scrollZoom", ScrollZoom.OrNull()), ("doubleClick", DoubleClick.OrNull()),
            ("doubleClickDelay", DoubleClickDelay.OrNull()), ("showAxisDragHandles", ShowAxisDragHandles.OrNull()),
            ("showAxisRangeEntryBoxes", ShowAxisRangeEntryBoxes.OrNull()), ("showTips", ShowTips.OrNull()),
            ("showLink", ShowLink.OrNull()), ("linkText", LinkText.OrNull()), ("sendData", SendData.OrNull()),
            ("showSources", ShowSources.OrNull()), ("displayModeBar", DisplayModeBar.OrNull()),
            ("showSendToCloud", ShowSendToCloud.OrNull()), ("showEditInChartStudio", ShowEditInChartStudio.OrNull()),
            ("modeBarButtonsToRemove", ModeBarButtonsToRemove.OrNull()), ("modeBarButtonsToAdd", ModeBarButtonsToAdd.OrNull()),
            ("modeBarButtons", ModeBarButtons.OrNull()), ("toImageButtonOptions", ToImageButtonOptions.OrNull()),
            ("displaylogo", Displaylogo.OrNull()), ("watermark", Watermark.OrNull()), ("plotGlPixelRatio", plotGlPixelRatio.OrNull()),
            ("setBackground", SetBackground.OrNull()), ("topojsonURL", TopojsonURL.OrNull()),
            ("mapboxAccessToken", MapboxAccessToken.OrNull()), ("logging", Logging.OrNull()),
            ("notifyOnLogging", NotifyOnLogging.OrNull()), ("queueLength", QueueLength.OrNull()),
            ("globalTransforms", GlobalTransforms.OrNull()), ("locale", Locale.OrNull()), ("locales", Locales.OrNull())));
}
