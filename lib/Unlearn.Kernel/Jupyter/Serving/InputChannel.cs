using Unlearn.Kernel.Jupyter.Zmtp;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Questions of a cell to the user whose client runs it, one at a time.</summary>
internal sealed class InputChannel(MessageCodec codec, Func<byte[], Peer?> stdinOf)
{
    private readonly Lock gate = new();
    private (ZmtpConnection From, TaskCompletionSource<string> Answer)? asked;

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The client has no stdin channel.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public async Task<string> AskAsync(KernelRequest cell, string prompt, bool isPassword, CancellationToken cancellation)
    {
        var peer = stdinOf(cell.Peer.Identity)
            ?? throw new InvalidOperationException("the cell asks for input, but the client that runs it has no open stdin channel.");
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) asked = (peer.Connection, answer);
        try
        {
            peer.Send(codec.Encode(cell.Prefix, "input_request", cell.Header, new() { ["prompt"] = prompt, ["password"] = isPassword }));
            return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (gate) asked = null;
        }
    }

    /// <summary>Takes a message of the stdin channel; anything but the answer that is waited for is passed over.</summary>
    public void Receive(JupyterMessage message, Peer from)
    {
        if (message.Type != "input_reply") return;
        lock (gate)
        {
            if (asked is { } question && question.From == from.Connection) question.Answer.TrySetResult(message.Content.Text("value"));
        }
    }
}
