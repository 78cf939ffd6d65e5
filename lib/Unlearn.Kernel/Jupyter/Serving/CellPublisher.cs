using System.Text;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>
/// Publishes the outputs of one cell. Texts written in a row travel together, because a cell that prints a number a
/// line would otherwise send a signed message for each.
/// </summary>
internal sealed class CellPublisher : IDisposable
{
    private const int LongestText = 1 << 18;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(25);

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly IoPub ioPub;
    private readonly byte[] parent;
    private readonly Timer timer;
    private string stream = "stdout";

    /// <param name="ioPub">Where to publish.</param>
    /// <param name="parent">The header of the request that runs the cell.</param>
    public CellPublisher(IoPub ioPub, byte[] parent)
    {
        (this.ioPub, this.parent) = (ioPub, parent);
        timer = new(_ => Flush());
    }

    /// <summary>The plain text of the cell's value, once it has one.</summary>
    public string? Result { get; private set; }

    public void Emit(CellOutput output)
    {
        lock (gate)
        {
            if (output is StreamOutput written) Append(written);
            else Send(output);
        }
    }

    /// <summary>Sends the text that waits for more.</summary>
    public void Flush()
    {
        lock (gate)
        {
            var whole = text.ToString();
            text.Clear();
            for (var at = 0; at < whole.Length;)
            {
                var length = Math.Min(LongestText, whole.Length - at);
                if (at + length < whole.Length && char.IsHighSurrogate(whole[at + length - 1])) length--;
                ioPub.Publish("stream", parent, new() { ["name"] = stream, ["text"] = whole.Substring(at, length) });
                at += length;
            }
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        Flush();
    }

    private void Append(StreamOutput written)
    {
        if (written.Name != stream) Flush();
        stream = written.Name;
        if (text.Length == 0) timer.Change(Delay, Timeout.InfiniteTimeSpan);
        text.Append(written.Text);
        if (text.Length >= LongestText) Flush();
    }

    private void Send(CellOutput output)
    {
        Flush();
        switch (output)
        {
            case DisplayOutput display:
                ioPub.Publish("display_data", parent, Display(display.Bundle, display.DisplayId));
                break;
            case UpdateOutput update:
                ioPub.Publish("update_display_data", parent, Display(update.Bundle, update.DisplayId));
                break;
            case ResultOutput result:
                Result = result.Bundle.Text(MimeTypes.Plain);
                var content = Reply.Bundle(result.Bundle);
                content["execution_count"] = result.ExecutionCount;
                ioPub.Publish("execute_result", parent, content);
                break;
            case ErrorOutput error:
                ioPub.Publish("error", parent, new()
                {
                    ["ename"] = error.Name,
                    ["evalue"] = error.Message,
                    ["traceback"] = Reply.Lines(error),
                });
                break;
        }
    }

    // The session numbers its displays from one; after a restart a client may still show those of the session before.
    private JsonObject Display(MimeBundle bundle, string displayId)
    {
        var content = Reply.Bundle(bundle);
        content["transient"] = new JsonObject { ["display_id"] = $"{ioPub.Kernel}-{displayId}" };
        return content;
    }
}
