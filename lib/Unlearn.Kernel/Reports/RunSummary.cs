using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>How a notebook's run went, as far as the notebook itself tells.</summary>
/// <param name="Name">The notebook's name.</param>
/// <param name="Status"><c>succeeded</c>, <c>failed</c>, <c>interrupted</c>, <c>incomplete</c> or <c>not run</c>.</param>
/// <param name="CellsRun">The number of code cells that ran.</param>
/// <param name="CellsTotal">The number of code cells there are to run.</param>
/// <param name="Elapsed">Wall time, where the notebook tells it.</param>
/// <param name="Parameters">The parameters' declarations as they ran: name → value.</param>
internal sealed record RunSummary(
    string Name, string Status, int CellsRun, int CellsTotal, TimeSpan? Elapsed,
    ImmutableArray<(string Name, string Value, bool IsSet)> Parameters)
{
    public static RunSummary Of(Notebook notebook)
    {
        var record = RunRecord.Of(notebook);
        NotebookCell[] cells = [.. notebook.Cells.Where(c => !c.IsSkipped)];
        var ran = cells.Count(c => c.ExecutionCount is not null);
        var hasFailed = cells.Any(c => !c.Tags.Contains("raises-exception") && c.Outputs.Any(IsError));
        var status = record?.Status is { } told and not "running" ? told
            : hasFailed ? "failed"
            : ran == cells.Length ? "succeeded"
            : ran == 0 ? "not run" : "incomplete";
        var times = cells.Select(c => c.Elapsed).OfType<TimeSpan>().ToList();
        return new(notebook.Name, status, ran, cells.Length,
            record?.Seconds is { } seconds && double.IsFinite(seconds) && Math.Abs(seconds) < 1e9 ? TimeSpan.FromSeconds(seconds)
                : times.Count > 0 ? TimeSpan.FromTicks(times.Sum(t => t.Ticks)) : null,
            [.. ParametersOf(notebook)]);
    }

    /// <summary>The run in one line above a notebook's first code.</summary>
    public string Line()
    {
        var set = Parameters.Length == 0 ? "" : " · " + ParametersHtml();
        return $"<p class=\"run\">{Badge()} {CellsRun} of {CellsTotal} cells{(Elapsed is { } t ? " in " + Short(t) : "")}{set}</p>\n";
    }

    /// <summary>The id of a notebook's first error in a page.</summary>
    public string ErrorAnchor => $"{Name}--error";

    /// <summary>The status as a coloured word, which leads to the error where there is one.</summary>
    public string Badge() => Status is "failed" or "interrupted"
        ? $"<a class=\"badge {Status}\" href=\"#{Encode(ErrorAnchor)}\">{Encode(Status)}</a>"
        : $"<span class=\"badge {Encode(Status.Replace(' ', '-'))}\">{Encode(Status)}</span>";

    /// <summary>The parameters, those set from outside emphasised.</summary>
    public string ParametersHtml() => string.Join(", ", Parameters.Select(p =>
        p.IsSet ? $"<code><b>{Encode(p.Name)} = {Encode(p.Value)}</b></code>" : $"<code>{Encode(p.Name)} = {Encode(p.Value)}</code>"));

    /// <summary>A time as a reader wants it: 0.03 s, 42.9 s, 4 min 12 s, 2 h 05 min.</summary>
    public static string Short(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(
        time < TimeSpan.FromSeconds(10) ? time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture) + " s"
        : time < TimeSpan.FromSeconds(100) ? time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s"
        : time < TimeSpan.FromMinutes(100) ? $"{(int)time.TotalMinutes} min {time.Seconds:D2} s"
        : $"{(int)time.TotalHours} h {time.Minutes:D2} min")}");

    private static IEnumerable<(string, string, bool)> ParametersOf(Notebook notebook)
    {
        if (ParameterCell.Of(notebook) is not { } defaults) return [];
        var injected = notebook.Cells.FirstOrDefault(c => c.Tags.Contains(ParameterCell.InjectedTag));
        var set = injected is null ? [] : ParameterCell.Declared(injected.Source).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return ParameterCell.Values(injected is null ? defaults.Source : ParameterCell.Merge(defaults.Source, injected.Source))
            .Select(p => (p.Name, p.Value, set.Contains(p.Name)));
    }

    internal static bool IsError(JsonNode? output) =>
        output is JsonObject json && NotebookJson.AsText(json["output_type"]) is "error";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
