using System.Text.Json.Nodes;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Runs cells for clients, one at a time.</summary>
internal sealed class ExecuteRequests(Task<Session> session, IoPub ioPub, InputChannel input, InputHistory history)
{
    private readonly Lock gate = new();
    private CancellationTokenSource? running;

    /// <summary>Stops the cell that runs, if one does. Returns at once: aborting a cell can take a while.</summary>
    public void Interrupt()
    {
        lock (gate) _ = running?.CancelAsync();
    }

    /// <summary>Runs the cell of an <c>execute_request</c>.</summary>
    public async Task<JsonObject> RunAsync(KernelRequest request)
    {
        if (request.Content["code"] is not JsonValue value || !value.TryGetValue<string>(out var code))
            throw new InvalidDataException("expected the text of the cell under 'code' of the execute_request");
        var silent = request.Content.Flag("silent", false);
        var counted = !silent && request.Content.Flag("store_history", true);
        var engine = await session.ConfigureAwait(false);

#pragma warning disable CA2000 // not disposed, because an interrupt on its way may still use it; it owns no handle
        var interrupt = new CancellationTokenSource();
#pragma warning restore CA2000
        lock (gate) running = interrupt;
        try
        {
            if (!silent)
            {
                ioPub.Publish("execute_input", request.Header, new()
                {
                    ["code"] = code,
                    ["execution_count"] = engine.ExecutionCount + (counted ? 1 : 0),
                });
            }
            using var publisher = new CellPublisher(ioPub, request.Header);
            var options = new CellOptions { IsSilent = silent, IsCounted = counted, Input = Asking(request, publisher) };
            var result = await engine.RunAsync(code, publisher.Emit, options, interrupt.Token).ConfigureAwait(false);
            publisher.Flush();
            if (counted) history.Add(result.ExecutionCount, code, publisher.Result);

            var reply = result.Error is null ? Reply.Ok() : Reply.Error(result.Error);
            reply["execution_count"] = result.ExecutionCount;
            reply["payload"] = new JsonArray();
            reply["user_expressions"] = result.Error is null
                ? await EvaluateAsync(engine, request.Content["user_expressions"] as JsonObject, interrupt.Token).ConfigureAwait(false)
                : new JsonObject();
            return reply;
        }
        finally
        {
            lock (gate) running = null;
        }
    }

    // A client that cannot be asked says so with allow_stdin; the session then fails the cell with a message of its own.
    private Func<string, bool, CancellationToken, Task<string>>? Asking(KernelRequest request, CellPublisher publisher) =>
        !request.Content.Flag("allow_stdin", true) ? null : (prompt, isPassword, cancellation) =>
        {
            publisher.Flush();
            return input.AskAsync(request, prompt, isPassword, cancellation);
        };

    private static async Task<JsonObject> EvaluateAsync(Session engine, JsonObject? expressions, CancellationToken cancellation)
    {
        var values = new JsonObject();
        foreach (var (name, node) in expressions ?? [])
        {
            if (node is not JsonValue text || !text.TryGetValue<string>(out var expression)) continue;
            MimeBundle? bundle = null;
            var result = await engine.RunAsync(
                expression, output => bundle = (output as ResultOutput)?.Bundle ?? bundle, new() { IsCounted = false }, cancellation)
                .ConfigureAwait(false);
            var value = result.Error is null ? Reply.Bundle(bundle ?? MimeBundle.Empty) : Reply.Error(result.Error);
            value["status"] = result.Error is null ? "ok" : "error";
            values[name] = value;
        }
        return values;
    }
}
