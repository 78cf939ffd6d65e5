using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

/// <summary>A straight axis in all its properties.</summary>
public sealed class LinearAxis : IJsonObject
{
    private LinearAxis(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>An axis with what is given; plotly.js decides the rest.</summary>
    public static LinearAxis init<TMaxAllowed, TMinAllowed, TTick0, TDTick, TTickVals, TTickText, TCategory, TUIRevision>(
        FSharpOption<bool>? Visible = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<Title>? Title = null,
        FSharpOption<StyleParam.AxisType>? AxisType = null,
        FSharpOption<StyleParam.AutoTypeNumbers>? AutoTypeNumbers = null,
        FSharpOption<StyleParam.AutoRange>? AutoRange = null,
        FSharpOption<AutoRangeOptions>? AutoRangeOptions = null,
        FSharpOption<bool>? AutoShift = null,
        FSharpOption<StyleParam.RangeMode>? RangeMode = null,
        FSharpOption<StyleParam.Range>? Range = null,
        FSharpOption<bool>? FixedRange = null,
        FSharpOption<StyleParam.ScaleAnchor>? ScaleAnchor = null,
        FSharpOption<double>? ScaleRatio = null,
        FSharpOption<StyleParam.AxisConstraint>? Constrain = null,
        FSharpOption<StyleParam.AxisConstraintDirection>? ConstrainToward = null,
        FSharpOption<StyleParam.LinearAxisId>? Matches = null,
        FSharpOption<TMaxAllowed>? MaxAllowed = null,
        FSharpOption<TMinAllowed>? MinAllowed = null,
        FSharpOption<IEnumerable<Rangebreak>>? Rangebreaks = null,
        FSharpOption<StyleParam.TickMode>? TickMode = null,
        FSharpOption<int>? NTicks = null,
        FSharpOption<TTick0>? Tick0 = null,
        FSharpOption<TDTick>? DTick = null,
        FSharpOption<IEnumerable<TTickVals>>? TickVals = null,
        FSharpOption<IEnumerable<TTickText>>? TickText = null,
        FSharpOption<StyleParam.TickOptions>? Ticks = null,
        FSharpOption<StyleParam.CategoryTickAnchor>? TicksOn = null,
        FSharpOption<StyleParam.TickLabelMode>? TickLabelMode = null,
        FSharpOption<StyleParam.TickLabelPosition>? TickLabelPosition = null,
        FSharpOption<int>? TickLabelStep = null,
        FSharpOption<StyleParam.TickLabelOverflow>? TickLabelOverflow = null,
        FSharpOption<StyleParam.Mirror>? Mirror = null,
        FSharpOption<int>? TickLen = null,
        FSharpOption<int>? TickWidth = null,
        FSharpOption<Color>? TickColor = null,
        FSharpOption<bool>? ShowTickLabels = null,
        FSharpOption<StyleParam.TickAutoMargin>? AutoMargin = null,
        FSharpOption<bool>? ShowSpikes = null,
        FSharpOption<Color>? SpikeColor = null,
        FSharpOption<int>? SpikeThickness = null,
        FSharpOption<StyleParam.DrawingStyle>? SpikeDash = null,
        FSharpOption<StyleParam.SpikeMode>? SpikeMode = null,
        FSharpOption<StyleParam.SpikeSnap>? SpikeSnap = null,
        FSharpOption<Font>? TickFont = null,
        FSharpOption<int>? TickAngle = null,
        FSharpOption<StyleParam.ShowTickOption>? ShowTickPrefix = null,
        FSharpOption<string>? TickPrefix = null,
        FSharpOption<StyleParam.ShowTickOption>? ShowTickSuffix = null,
        FSharpOption<string>? TickSuffix = null,
        FSharpOption<StyleParam.ShowExponent>? ShowExponent = null,
        FSharpOption<StyleParam.ExponentFormat>? ExponentFormat = null,
        FSharpOption<double>? MinExponent = null,
        FSharpOption<Minor>? Minor = null,
        FSharpOption<bool>? SeparateThousands = null,
        FSharpOption<string>? TickFormat = null,
        FSharpOption<IEnumerable<TickFormatStop>>? TickFormatStops = null,
        FSharpOption<string>? HoverFormat = null,
        FSharpOption<StyleParam.Range>? InsideRange = null,
        FSharpOption<bool>? ShowLine = null,
        FSharpOption<Color>? LineColor = null,
        FSharpOption<double>? LineWidth = null,
        FSharpOption<bool>? ShowGrid = null,
        FSharpOption<Color>? GridColor = null,
        FSharpOption<StyleParam.DrawingStyle>? GridDash = null,
        FSharpOption<double>? GridWidth = null,
        FSharpOption<bool>? ZeroLine = null,
        FSharpOption<Color>? ZeroLineColor = null,
        FSharpOption<double>? ZeroLineWidth = null,
        FSharpOption<int>? Shift = null,
        FSharpOption<bool>? ShowDividers = null,
        FSharpOption<Color>? DividerColor = null,
        FSharpOption<int>? DividerWidth = null,
        FSharpOption<StyleParam.LinearAxisId>? Anchor = null,
        FSharpOption<StyleParam.Side>? Side = null,
        FSharpOption<StyleParam.LinearAxisId>? Overlaying = null,
        FSharpOption<DynamicObj.DynamicObj>? LabelAlias = null,
        FSharpOption<StyleParam.Layer>? Layer = null,
        FSharpOption<StyleParam.Range>? Domain = null,
        FSharpOption<double>? Position = null,
        FSharpOption<StyleParam.CategoryOrder>? CategoryOrder = null,
        FSharpOption<IEnumerable<TCategory>>? CategoryArray = null,
        FSharpOption<TUIRevision>? UIRevision = null,
        FSharpOption<RangeSlider>? RangeSlider = null,
        FSharpOption<RangeSelector>? RangeSelector = null,
        FSharpOption<StyleParam.Calendar>? Calendar = null,
        FSharpOption<Color>? BackgroundColor = null,
        FSharpOption<bool>? ShowBackground = null)
        where TMaxAllowed : IConvertible
        where TMinAllowed : IConvertible
        where TTick0 : IConvertible
        where TDTick : IConvertible
        where TTickVals : IConvertible
        where TTickText : IConvertible
        where TCategory : IConvertible
        where TUIRevision : IConvertible =>
        new(Json.Object(
            ("visible", Visible.OrNull()), ("color", Color.OrNull()), ("title", Title.OrNull()), ("type", AxisType.OrNull()),
            ("autotypenumbers", AutoTypeNumbers.OrNull()), ("autorange", AutoRange.OrNull()),
            ("autorangeoptions", AutoRangeOptions.OrNull()), ("autoshift", AutoShift.OrNull()), ("rangemode", RangeMode.OrNull()),
            ("range", Range.OrNull()), ("fixedrange", FixedRange.OrNull()), ("scaleanchor", ScaleAnchor.OrNull()),
            ("scaleratio", ScaleRatio.OrNull()), ("constrain", Constrain.OrNull()), ("constraintoward", ConstrainToward.OrNull()),
            ("matches", Matches.OrNull()), ("maxallowed", MaxAllowed.OrNull()), ("minallowed", MinAllowed.OrNull()),
            ("rangebreaks", Rangebreaks.OrNull()), ("tickmode", TickMode.OrNull()), ("nticks", NTicks.OrNull()),
            ("tick0", Tick0.OrNull()), ("dtick", DTick.OrNull()), ("tickvals", TickVals.OrNull()), ("ticktext", TickText.OrNull()),
            ("ticks", Ticks.OrNull()), ("tickson", TicksOn.OrNull()), ("ticklabelmode", TickLabelMode.OrNull()),
            ("ticklabelposition", TickLabelPosition.OrNull()), ("ticklabelstep", TickLabelStep.OrNull()),
            ("ticklabeloverflow", TickLabelOverflow.OrNull()), ("mirror", Mirror.OrNull()), ("ticklen", TickLen.OrNull()),
            ("tickwidth", TickWidth.OrNull()), ("tickcolor", TickColor.OrNull()), ("showticklabels", ShowTickLabels.OrNull()),
            ("automargin", AutoMargin.OrNull()), ("showspikes", ShowSpikes.OrNull()), ("spikecolor", SpikeColor.OrNull()),
            ("spikethickness", SpikeThickness.OrNull()), ("spikedash", SpikeDash.OrNull()), ("spikemode", SpikeMode.OrNull()),
            ("spikesnap", SpikeSnap.OrNull()), ("tickfont", TickFont.OrNull()), ("tickangle", TickAngle.OrNull()),
            ("showtickprefix", ShowTickPrefix.OrNull()), ("tickprefix", TickPrefix.OrNull()),
            ("showticksuffix", ShowTickSuffix.OrNull()), ("ticksuffix", TickSuffix.OrNull()), ("showexponent", ShowExponent.OrNull()),
            ("exponentformat", ExponentFormat.OrNull()), ("minexponent", MinExponent.OrNull()), ("minor", Minor.OrNull()),
            ("separatethousands", SeparateThousands.OrNull()), ("tickformat", TickFormat.OrNull()),
            ("tickformatstops", TickFormatStops.OrNull()), ("hoverformat", HoverFormat.OrNull()),
            ("insiderange", InsideRange.OrNull()), ("showline", ShowLine.OrNull()), ("linecolor", LineColor.OrNull()),
            ("linewidth", LineWidth.OrNull()), ("showgrid", ShowGrid.OrNull()), ("gridcolor", GridColor.OrNull()),
            ("griddash", GridDash.OrNull()), ("gridwidth", GridWidth.OrNull()), ("zeroline", ZeroLine.OrNull()),
            ("zerolinecolor", ZeroLineColor.OrNull()), ("zerolinewidth", ZeroLineWidth.OrNull()), ("shift", Shift.OrNull()),
            ("showdividers", ShowDividers.OrNull()), ("dividercolor", DividerColor.OrNull()), ("dividerwidth", DividerWidth.OrNull()),
            ("anchor", Anchor.OrNull()), ("side", Side.OrNull()), ("overlaying", Overlaying.OrNull()),
            ("labelalias", LabelAlias.OrNull()), ("layer", Layer.OrNull()), ("domain", Domain.OrNull()), ("position", Position.OrNull()),
            ("categoryorder", CategoryOrder.OrNull()), ("categoryarray", CategoryArray.OrNull()), ("uirevision", UIRevision.OrNull()),
            ("rangeslider", RangeSlider.OrNull()), ("rangeselector", RangeSelector.OrNull()), ("calendar", Calendar.OrNull()),
            ("backgroundcolor", BackgroundColor.OrNull()), ("showbackground", ShowBackground.OrNull())));
}
