using System.CommandLine;
using System.Text.Json;
using Unlearn.Tensors;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn info</c>: what this machine computes with.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("info", "Show LibTorch's version, BLAS, threads and device, and warn of a slow pairing.") { json };
        command.SetAction(parsed =>
        {
            var runtime = TorchRuntime.Start();
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(runtime) : runtime.ToString());
            if (runtime.Warning is { } warning) Console.Error.WriteLine("warning: " + warning);
        });
        return command;
    }
}
