using Unlearn.Cli.Commands;

namespace Unlearn.Cli.Tests.Commands;

public sealed class DownloadBarTests : IDisposable
{
    private readonly StringWriter terminal = new() { NewLine = "\n" };

    public void Dispose() => terminal.Dispose();

    [Fact]
    public void Nothing_is_shown_where_nothing_is_downloaded()
    {
        using (new DownloadBar("TOFU", terminal))
        {
        }
        Assert.Equal("", terminal.ToString());
    }

    [Fact]
    public void A_bar_is_complete_with_the_last_byte_and_not_before()
    {
        using (var bar = new DownloadBar("TOFU", terminal))
        {
            bar.Report((0, 3_000_000));
            bar.Report((2_999_999, 3_000_000));
            Assert.DoesNotContain("\n", terminal.ToString(), StringComparison.Ordinal);
            bar.Report((3_000_000, 3_000_000));
        }
        Assert.Contains("100 % · 3 of 3 MiB", terminal.ToString(), StringComparison.Ordinal);
        Assert.Single(terminal.ToString(), '\n');
    }

    [Fact]
    public void A_download_that_stops_ends_the_bars_line()
    {
        using (var bar = new DownloadBar("TOFU", terminal)) bar.Report((1_500_000, 3_000_000));
        Assert.EndsWith("\n", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_reports_are_taken_and_nothing_is_shown()
    {
        using var bar = new DownloadBar("TOFU", null);
        bar.Report((1, 2));
    }
}
