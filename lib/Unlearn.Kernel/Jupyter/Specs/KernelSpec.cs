using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>The <c>kernel.json</c> by which Jupyter's clients find a kernel and start it.</summary>
/// <param name="DisplayName">What people pick it by.</param>
/// <param name="Command">The program and its arguments; <c>{connection_file}</c> stands for the connection file's path.</param>
/// <param name="Environment">Variables that the kernel is started with.</param>
public sealed record KernelSpec(string DisplayName, ImmutableArray<string> Command, ImmutableSortedDictionary<string, string> Environment)
{
    /// <summary>The name of the original C# kernel: notebooks made with it, and tools that know it, work unchanged.</summary>
    public const string DefaultName = ".net-csharp";

    /// <summary>What the original C# kernel is called in menus.</summary>
    public const string DefaultDisplayName = ".NET (C#)";

    /// <summary>The key in a spec's metadata that tells ours from another tool's.</summary>
    internal const string Mark = "unlearn";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The spec that starts <c>unlearn kernel run</c> from where the running program lies.</summary>
    /// <param name="program">The program's assembly.</param>
    /// <param name="displayName">What people pick it by.</param>
    public static KernelSpec Of(Assembly program, string displayName = DefaultDisplayName)
    {
        ArgumentNullException.ThrowIfNull(program);
        // The host that runs this program is there; a server that starts kernels may have another PATH.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return new(
            displayName,
            [File.Exists(host) ? host : "dotnet", program.Location, "kernel", "run", "{connection_file}"],
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
    }

    /// <summary>The text of <c>kernel.json</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["argv"] = new JsonArray([.. Command.Select(word => JsonValue.Create(word))]),
        ["display_name"] = DisplayName,
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["env"] = new JsonObject(Environment.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)JsonValue.Create(v.Value)))),
        ["metadata"] = new JsonObject { [Mark] = new JsonObject { ["program"] = Command.ElementAtOrDefault(1) }, ["debugger"] = false },
    }.ToJsonString(Json) + "\n";
}
