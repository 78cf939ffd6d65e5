using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Cli.Bench;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn bench kernel</c>: the Jupyter kernel beside Jupyter's own for Python.</summary>
internal static class BenchKernel
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "Starts of each kernel; the result is their median.",
            DefaultValueFactory = _ => 5,
        };
        var cells = new Option<int>("--cells") { Description = "Trivial cells of a round.", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON and nothing else." };
        var command = new Command("kernel", """
            Start, latency and memory of the Jupyter kernel here and of Debian's ipykernel, alternating.
            Measure while nothing else runs.   Example: unlearn bench kernel --rounds 9
            """) { rounds, cells, json };
        command.SetAction(parsed =>
        {
            var result = new KernelBench(parsed.GetValue(rounds), parsed.GetValue(cells)).Run();
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result) : string.Create(CultureInfo.InvariantCulture, $"""
                first cell after start   {result.Ours.First,7:F2} s    ipykernel {result.Peer.First,7:F2} s
                trivial cell (median)    {result.Ours.Cell,7:F1} ms   ipykernel {result.Peer.Cell,7:F1} ms
                memory when idle         {result.Ours.Memory,7:F0} MB   ipykernel {result.Peer.Memory,7:F0} MB
                """));
        });
        return command;
    }
}
