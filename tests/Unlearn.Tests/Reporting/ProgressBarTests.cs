using Unlearn.Reporting;

namespace Unlearn.Tests.Reporting;

public sealed class ProgressBarTests
{
    private readonly Clock clock = new();
    private readonly List<ProgressState> shown = [];

    [Fact]
    public void Line_tells_share_count_rate_and_time_left()
    {
        using var bar = Bar(100);
        clock.Pass(4);
        bar.Report(30, "loss 0.31");
        Assert.Equal("training ██████░░░░░░░░░░░░░░ 30 % · 30 of 100 steps · 7.5/s · 9.3 s left · loss 0.31", bar.State.ToString());
    }

    [Fact]
    public void Complete_bar_tells_the_whole_time()
    {
        using var bar = Bar(2000);
        clock.Pass(100);
        bar.Report(2000);
        Assert.Equal("training ████████████████████ 100 % · 2,000 of 2,000 steps · 20/s · 1 min in all", shown[^1].ToString());
    }

    [Fact]
    public void Share_is_never_rounded_up_to_all() =>
        Assert.Contains(" 99 % ", new ProgressState("j", 9_999, 10_000, "x", TimeSpan.FromSeconds(1)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Without_a_total_only_the_count_and_the_rate_are_told()
    {
        using var bar = Bar(0);
        clock.Pass(2);
        bar.Advance(3);
        Assert.Equal("training · 3 steps · 1.5/s", bar.State.ToString());
        Assert.Null(bar.State.Fraction);
    }

    [Fact]
    public void Sink_hears_of_the_start_then_at_most_five_times_a_second_and_of_the_end()
    {
        using (var bar = Bar(1000))
        {
            for (var step = 1; step <= 999; step++)
            {
                clock.Pass(0.01);
                bar.Advance();
            }
            Assert.InRange(shown.Count, 45, 51);
            Assert.NotEqual(999, shown[^1].Done);
        }
        Assert.Equal((0, 999), (shown[0].Done, shown[^1].Done));
    }

    [Fact]
    public void Completion_is_shown_at_once_and_once()
    {
        using (var bar = Bar(2))
        {
            bar.Advance();
            bar.Advance();
        }
        Assert.Equal([0, 2], shown.Select(s => s.Done));
    }

    [Fact]
    public void Loop_counts_an_item_when_the_next_one_is_asked_for()
    {
        var done = new List<long>();
        var bar = Bar(3);
        foreach (var _ in new[] { 1, 2, 3 }.Tracked(bar)) done.Add(bar.State.Done);
        Assert.Equal([0, 1, 2], done);
        Assert.True(shown[^1].IsComplete);
    }

    [Fact]
    public void Pair_of_done_and_total_can_be_reported()
    {
        using var bar = Bar(0);
        ((IProgress<(int Done, int Total)>)bar).Report((5, 20));
        Assert.Equal(0.25, bar.State.Fraction);
    }

    [Fact]
    public void Html_holds_a_bar_and_no_markup_from_names() => Assert.Equal(
        "<div style=\"font-variant-numeric:tabular-nums\">a&lt;b <progress max=\"1\" value=\"0.500\" style=\"width:14em\">50 %</progress> "
            + "1 of 2 x &#183; 1.0/s &#183; 1.0 s left</div>",
        new ProgressState("a<b", 1, 2, "x", TimeSpan.FromSeconds(1)).ToHtml());

    [Fact]
    public void Terminal_line_is_written_over_until_the_job_is_done()
    {
        using var console = new StringWriter();
        using (var bar = new ProgressBar("j", 1, "x", ProgressBar.Line(console), clock)) bar.Advance();
        var lines = console.ToString().Split('\r');
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("\u001b[K", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("\u001b[K\n", lines[2], StringComparison.Ordinal);
    }

    private ProgressBar Bar(long total) => new("training", total, "steps", shown.Add, clock);

    private sealed class Clock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(double seconds) => ticks += (long)(seconds * TimeSpan.TicksPerSecond);

        public override long GetTimestamp() => ticks;
    }
}
