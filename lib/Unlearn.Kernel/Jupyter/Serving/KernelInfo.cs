using System.Reflection;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>What the kernel says of itself.</summary>
internal static class KernelInfo
{
    private static readonly string Version = typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
        .InformationalVersion.Split('+')[0] ?? "1.0.0";

    public static JsonObject Answer()
    {
        var reply = Reply.Ok();
        reply["protocol_version"] = MessageCodec.ProtocolVersion;
        reply["implementation"] = "unlearn";
        reply["implementation_version"] = Version;
        reply["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
            ["nbconvert_exporter"] = "script",
        };
        reply["banner"] = $"C# 14 on {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, unlearn {Version}";
        reply["help_links"] = new JsonArray();
        reply["debugger"] = false;
        return reply;
    }
}
