using System.Text.Json.Nodes;
using Unlearn.Kernel.Language;

namespace Unlearn.Kernel.Jupyter;

/// <summary>The requests of an editor about a cell that is being written.</summary>
/// <param name="language">Who knows the answers, once the session is up.</param>
/// <param name="cancellation">Ends searches when the kernel ends.</param>
internal sealed class LanguageRequests(Task<LanguageService> language, CancellationToken cancellation)
{
    public async Task<JsonObject> CompleteAsync(JsonObject request)
    {
        var code = request.Text("code");
        var service = await language.ConfigureAwait(false);
        var list = await service.CompleteAsync(code, Position(request, code), cancellation).ConfigureAwait(false);
        var (start, end) = (CodePoints.FromUtf16(code, list.Start), CodePoints.FromUtf16(code, list.End));
        var reply = Reply.Ok();
        reply["matches"] = new JsonArray([.. list.Items.Select(item => JsonValue.Create(item.Text))]);
        reply["cursor_start"] = start;
        reply["cursor_end"] = end;
        // Not in the protocol's text, but JupyterLab and the classic notebook read it, and show kind and signature beside each match.
        reply["metadata"] = new JsonObject
        {
            ["_jupyter_types_experimental"] = new JsonArray([.. list.Items.Select(item => new JsonObject
            {
                ["text"] = item.Text,
                ["type"] = item.Kind,
                ["signature"] = item.Signature ?? "",
                ["start"] = start,
                ["end"] = end,
            })]),
        };
        return reply;
    }

    public async Task<JsonObject> InspectAsync(JsonObject request)
    {
        var code = request.Text("code");
        var service = await language.ConfigureAwait(false);
        var found = await service.InspectAsync(code, Position(request, code), request.Number("detail_level") ?? 0, cancellation)
            .ConfigureAwait(false);
        var reply = Reply.Ok();
        reply["found"] = found is not null;
        reply["data"] = found is null
            ? new JsonObject()
            : new JsonObject { [MimeTypes.Plain] = found.Plain, [MimeTypes.Markdown] = found.Markdown };
        reply["metadata"] = new JsonObject();
        return reply;
    }

    public async Task<JsonObject> IsCompleteAsync(JsonObject request)
    {
        var (status, indent) = (await language.ConfigureAwait(false)).IsComplete(request.Text("code"));
        var reply = new JsonObject
        {
            ["status"] = status switch
            {
                Completeness.Complete => "complete",
                Completeness.Incomplete => "incomplete",
                _ => "invalid",
            },
        };
        if (status == Completeness.Incomplete) reply["indent"] = indent;
        return reply;
    }

    private static int Position(JsonObject request, string code) =>
        request.Number("cursor_pos") is { } position ? CodePoints.ToUtf16(code, position) : code.Length;
}
