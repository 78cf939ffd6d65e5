namespace Unlearn.Cli.Tests.Commands;

public sealed class HelpTests
{
    [Fact]
    public void The_list_of_commands_fits_a_screen_and_leaves_examples_to_each_command()
    {
        var lines = Help().Split('\n');

        foreach (var command in new[] { "run", "notebook", "sweep", "train", "unlearn", "evaluate", "info" })
            Assert.Single(lines, line => line.StartsWith($"  {command} ", StringComparison.Ordinal));
        Assert.InRange(lines.Length, 20, 45);
        Assert.DoesNotContain(lines, line => line.Contains("Examples", StringComparison.Ordinal) || line.Length > 140);
        Assert.Contains("unlearn run 00 --html", Help("run"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_lower_commands_are_short_too()
    {
        Assert.DoesNotContain("Example", Help("bench"), StringComparison.Ordinal);
        Assert.Contains("unlearn bench npo --rounds 7", Help("bench", "npo"), StringComparison.Ordinal);
    }

    private static string Help(params string[] command) => UnlearnProcess.Run(".", [.. command, "--help"]).Output;
}
