using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Sessions;

/// <summary>About how much memory an output holds while it waits for the front.</summary>
internal static class OutputSize
{
    private const long Node = 64;

    /// <summary>Bytes; the text decides, so that everything else is only counted.</summary>
    public static long Of(CellOutput output) => output switch
    {
        StreamOutput stream => Of(stream.Text),
        DisplayOutput display => Of(display.Bundle),
        UpdateOutput update => Of(update.Bundle),
        ResultOutput result => Of(result.Bundle),
        ErrorOutput error => Of(error.Message) + error.Traceback.Sum(Of),
        _ => Node,
    };

    private static long Of(string text) => Node + (2L * text.Length);

    private static long Of(MimeBundle bundle) => bundle.Data.Values.Sum(Of);

    private static long Of(JsonNode? node) => node switch
    {
        JsonObject members => Node + members.Sum(member => Of(member.Key) + Of(member.Value)),
        JsonArray items => Node + items.Sum(Of),
        JsonValue value when value.TryGetValue<string>(out var text) => Of(text),
        _ => Node,
    };
}
