using System.Text.Json;
using Unlearn.Cli.Bench;

namespace Unlearn.Cli.Tests.Commands;

public sealed class BenchNpoTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Times are nobody's business in a test; that both sides compute the same is.
    [Theory, InlineData("float32", 1e-4), InlineData("bfloat16", 0.3)]
    public void Both_sides_have_the_same_losses(string type, double tolerance)
    {
        var (code, output, error) = UnlearnProcess.Run(folder,
            ["bench", "npo", "--width", "32", "--layers", "1", "--train-steps", "2", "--batch", "8", "--steps", "1", "--rounds", "1",
                "--dtype", type, "--device", "cpu", "--threads", "1", "--json"], TrainedModel.World);
        Assert.True(code == 0, error);
        using var result = JsonDocument.Parse(output);

        Assert.Equal(2, result.RootElement.GetProperty("steps_compared").GetInt32());
        Assert.InRange(result.RootElement.GetProperty("largest_loss_difference").GetDouble(), 0, tolerance);
        Assert.True(result.RootElement.GetProperty("tokens_per_second").GetDouble() > 0);
    }

    [Fact]
    public void A_process_is_found_in_the_drivers_table()
    {
        Assert.Equal(1500.0 * (1 << 20), GpuMemory.Sum("12, 7\n345, 1000\n34, 9\n345, 500\n", 345));
        Assert.Contains("none", Assert.Throws<InvalidOperationException>(() => GpuMemory.Sum("", 1)).Message, StringComparison.Ordinal);
    }
}
