using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unlearn.Kernel.Jupyter;

/// <summary>The cells that this session ran, as <c>history_request</c> asks for them. Nothing is kept beyond the session.</summary>
internal sealed class InputHistory
{
    private const int Session = 1;
    private const int Longest = 10_000;

    private readonly Lock gate = new();
    private readonly List<(int Line, string Input, string? Output)> entries = [];

    /// <summary>Adds a cell.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="input">Its text.</param>
    /// <param name="output">The plain text of its value, if it had one.</param>
    public void Add(int line, string input, string? output)
    {
        lock (gate)
        {
            if (entries.Count == Longest) entries.RemoveAt(0);
            entries.Add((line, input, output));
        }
    }

    /// <summary>Answers a request for the last <c>n</c>, for a <c>range</c>, or for those that match a <c>search</c> pattern.</summary>
    public JsonObject Answer(JsonObject request)
    {
        (int Line, string Input, string? Output)[] all;
        lock (gate) all = [.. entries];
        var found = request.Text("hist_access_type", "tail") switch
        {
            "range" => Range(all, request.Number("session") ?? 0, request.Number("start") ?? 0, request.Number("stop") ?? int.MaxValue),
            "search" => Search(all, request.Text("pattern", "*"), request.Flag("unique", false)),
            _ => all,
        };
        if (request.Number("n") is { } n && request.Text("hist_access_type", "tail") != "range") found = found.TakeLast(Math.Max(n, 0));

        var withOutput = request.Flag("output", false);
        var reply = Reply.Ok();
        reply["history"] = new JsonArray([.. found.Select(e => new JsonArray(
            Session, e.Line, withOutput ? new JsonArray(e.Input, e.Output) : JsonValue.Create(e.Input)))]);
        return reply;
    }

    private static IEnumerable<(int Line, string Input, string? Output)> Range(
        (int Line, string Input, string? Output)[] all, int session, int start, int stop) =>
        session is 0 or Session ? all.Where(e => e.Line >= start && e.Line < stop) : [];

    // The pattern of a search is a glob: * for any text, ? for any character.
    private static IEnumerable<(int Line, string Input, string? Output)> Search(
        (int Line, string Input, string? Output)[] all, string pattern, bool unique)
    {
        var glob = new Regex(
            "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
            RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        var found = all.Where(e => glob.IsMatch(e.Input));
        return unique ? found.Reverse().DistinctBy(e => e.Input).Reverse() : found;
    }
}
