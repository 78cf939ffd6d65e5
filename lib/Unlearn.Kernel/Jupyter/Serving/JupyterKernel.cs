using System.Collections.Frozen;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Unlearn.Kernel.Jupyter.Zmtp;
using Unlearn.Kernel.Language;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Jupyter;

/// <summary>
/// A C# kernel for Jupyter's clients: one session behind five sockets. Requests on shell are answered one after the other; those on
/// control, all but cells, at once, while a cell runs.
/// </summary>
public sealed class JupyterKernel : IAsyncDisposable
{
    private const int LongestQueue = 4096;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly KernelSetup setup;
    private readonly MessageCodec codec;
    private readonly RouterSocket shell, control, stdin;
    private readonly PublishSocket publish;
    private readonly ReplySocket heartbeat;
    private readonly IoPub ioPub;
    private readonly InputChannel input;
    private readonly ExecuteRequests cells;
    private readonly Task<Session> session;
    private readonly FrozenDictionary<string, Func<KernelRequest, Task<JsonObject?>>> handlers;
    private readonly Channel<KernelRequest> queue =
        Channel.CreateBounded<KernelRequest>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource ending = new();
    private long received, abortedThrough, refused;

    private JupyterKernel(ConnectionFile connection, KernelSetup setup)
    {
        this.setup = setup;
        codec = new(new(connection.Key));
        // The compiler warms up while the client connects.
        session = Task.Run(() => Session.Start(setup.Session));
        var history = new InputHistory();
        publish = new(At(connection.IoPub), setup.Limits);
        ioPub = new(publish, codec);
        input = new(codec, identity => stdin!.Find(identity));
        cells = new(session, ioPub, input, history);
        var language = new LanguageRequests(LanguageAsync(), ending.Token);

        handlers = new Dictionary<string, Func<KernelRequest, Task<JsonObject?>>>(StringComparer.Ordinal)
        {
            ["kernel_info_request"] = _ => Answer(KernelInfo.Answer()),
            ["history_request"] = request => Answer(history.Answer(request.Content)),
            ["comm_info_request"] = _ => Answer(new() { ["status"] = "ok", ["comms"] = new JsonObject() }),
            ["comm_open"] = CloseComm,
            ["comm_msg"] = _ => Answer(null),
            ["comm_close"] = _ => Answer(null),
            ["interrupt_request"] = _ => Interrupted(),
            ["shutdown_request"] = request => Answer(new() { ["status"] = "ok", ["restart"] = IsRestart(request) }),
            ["execute_request"] = ExecuteAsync,
            ["complete_request"] = async request => await language.CompleteAsync(request.Content).ConfigureAwait(false),
            ["inspect_request"] = async request => await language.InspectAsync(request.Content).ConfigureAwait(false),
            ["is_complete_request"] = async request => await language.IsCompleteAsync(request.Content).ConfigureAwait(false),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        heartbeat = new(At(connection.Heartbeat), setup.Limits);
        stdin = new(At(connection.Stdin), setup.Limits, ReceiveInput);
        control = new(At(connection.Control), setup.Limits, (peer, frames) => ReceiveAsync(peer, frames, isControl: true));
        shell = new(At(connection.Shell), setup.Limits, (peer, frames) => ReceiveAsync(peer, frames, isControl: false));
        Bound = connection with
        {
            Shell = shell.Port,
            Control = control.Port,
            Stdin = stdin.Port,
            IoPub = publish.Port,
            Heartbeat = heartbeat.Port,
        };
        ioPub.Status("starting", null);
        _ = AnswerInTurnAsync();

        IPEndPoint At(int port) => new(connection.Ip, port);

        async Task<LanguageService> LanguageAsync()
        {
            var service = new LanguageService(await session.ConfigureAwait(false));
            await service.WarmUpAsync(ending.Token).ConfigureAwait(false);
            return service;
        }
    }

    /// <summary>The connection with the ports that were really bound.</summary>
    public ConnectionFile Bound { get; }

    /// <summary>Completes when a client has shut the kernel down; true when it is to be started again.</summary>
    public Task<bool> Ended => ended.Task;

    /// <summary>Binds the sockets; the session starts in the background.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public static JupyterKernel Start(ConnectionFile connection, KernelSetup? setup = null) => new(connection, setup ?? new());

    /// <summary>Stops the cell that runs, if one does.</summary>
    public void Interrupt() => cells.Interrupt();

    /// <summary>Shuts down as if a client had asked for it.</summary>
    public void Shutdown() => ended.TrySetResult(false);

    /// <summary>Stops the running cell, sends what is waiting and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        ended.TrySetResult(false);
        await ending.CancelAsync().ConfigureAwait(false);
        queue.Writer.TryComplete();
        cells.Interrupt();
        await Task.WhenAll(shell.CloseAsync(Linger), control.CloseAsync(Linger), publish.CloseAsync(Linger)).ConfigureAwait(false);
        foreach (var socket in (IDisposable[])[shell, control, stdin, publish, heartbeat]) socket.Dispose();
        if (session.IsCompletedSuccessfully) (await session.ConfigureAwait(false)).Dispose();
        ending.Dispose();
    }

    private async Task ReceiveAsync(Peer peer, List<byte[]> frames, bool isControl)
    {
        if (!codec.TryDecode(frames, out var prefix, out var message, out var fault))
        {
            Refuse(fault);
            return;
        }
        var request = new KernelRequest(message, peer, prefix, Interlocked.Increment(ref received));
        // Not awaited: a question about a cell that is being written may take its time, and an interrupt may come behind it.
        if (IsAtOnce(message.Type, isControl)) _ = AnswerAsync(request);
        else await queue.Writer.WriteAsync(request, ending.Token).ConfigureAwait(false);
    }

    // Whatever ends a cell would be of no use behind it; not every client sends it on control.
    private static bool IsAtOnce(string type, bool isControl) =>
        isControl ? type != "execute_request" : type is "interrupt_request" or "shutdown_request";

    private Task ReceiveInput(Peer peer, List<byte[]> frames)
    {
        if (codec.TryDecode(frames, out _, out var message, out var fault)) input.Receive(message, peer);
        else Refuse(fault);
        return Task.CompletedTask;
    }

    // Whoever floods the port should not flood the log: the 1st, 10th, 100th, … refusal is told.
    private void Refuse(string fault)
    {
        var count = Interlocked.Increment(ref refused);
        if (Math.Log10(count) % 1 == 0) setup.Log($"a message was passed over because {fault} ({count} so far)");
    }

    private async Task AnswerInTurnAsync()
    {
        await foreach (var request in queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            // What still waits when the kernel shuts down is not run any more.
            if (ending.IsCancellationRequested) return;
            await AnswerAsync(request).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(KernelRequest request)
    {
        var type = request.Message.Type;
        ioPub.Status("busy", request.Header);
        JsonObject? reply;
        try
        {
            var handler = handlers.GetValueOrDefault(type) ?? throw new NotSupportedException($"this kernel does not answer '{type}'");
            reply = await handler(request).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever one request meets, the next one is to be answered
        catch (Exception e)
        {
            reply = Reply.Error(e);
        }
#pragma warning restore CA1031
        if (reply is not null && type.EndsWith("_request", StringComparison.Ordinal))
        {
            request.Peer.Send(codec.Encode(request.Prefix, type[..^"request".Length] + "reply", request.Header, reply));
        }
        ioPub.Status("idle", request.Header);
        if (type == "shutdown_request") ended.TrySetResult(IsRestart(request));
    }

    private async Task<JsonObject?> ExecuteAsync(KernelRequest request)
    {
        if (request.Number <= Interlocked.Read(ref abortedThrough)) return new() { ["status"] = "aborted" };
        var reply = await cells.RunAsync(request).ConfigureAwait(false);
        if (reply.Text("status") == "error" && request.Content.Flag("stop_on_error", true))
        {
            // What was sent before the client could know of the error is not run.
            Interlocked.Exchange(ref abortedThrough, Interlocked.Read(ref received));
        }
        return reply;
    }

    private Task<JsonObject?> CloseComm(KernelRequest request)
    {
        // No comm target exists here; a client that opens one learns so at once.
        ioPub.Publish("comm_close", request.Header, new() { ["comm_id"] = request.Content.Text("comm_id"), ["data"] = new JsonObject() });
        return Answer(null);
    }

    private Task<JsonObject?> Interrupted()
    {
        cells.Interrupt();
        return Answer(Reply.Ok());
    }

    private static bool IsRestart(KernelRequest request) => request.Content.Flag("restart", false);

    private static Task<JsonObject?> Answer(JsonObject? content) => Task.FromResult(content);
}
