using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary>Values on their way into a variable, as the original kernel hands them from one language to another: through JSON.</summary>
internal static class Transfer
{
    /// <summary>The value of a JSON text: bool, double, string, or a <see cref="JsonDocument"/> for objects and arrays; null when it is no
    /// JSON.</summary>
    public static object? FromJson(string json)
    {
        try
        {
            var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number => document.RootElement.GetDouble(),
                JsonValueKind.String => document.RootElement.GetString(),
                JsonValueKind.Object or JsonValueKind.Array => document,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Declares a variable with the value that another one has, itself or as JSON carries it.</summary>
    public static async Task CopyAsync(
        DirectiveLine line, IDirective directive, CellContext context, string from, string to, bool byReference)
    {
        var source = context.Scripts.Variables.FirstOrDefault(v => v.Name == from)
            ?? throw line.Wrong(directive, $"there is no variable '{from}'; #!who lists those there are");
        if (byReference)
        {
            await context.RunAsync(new($"{context.Text.Name}: {line.Name}", $"var @{to} = @{from};"), file: null).ConfigureAwait(false);
            return;
        }
        object? value = null;
        await context.Scripts.ComputeAsync(
            () => value = FromJson(source.Value.ToDisplayString(MimeTypes.Json)), context.Cell, context.Cancellation).ConfigureAwait(false);
        await context.Scripts.DeclareAsync(to, value?.GetType() ?? typeof(object), value).ConfigureAwait(false);
    }
}
