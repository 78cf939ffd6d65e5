using System.Text.Json;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Reporting;
using Unlearn.Training;

namespace Unlearn.Tests.Reporting;

public sealed class CurvesTests
{
    private static readonly UnlearningTrial[] Trials =
    [
        new("GA", null!, [], [new(0, 0.99, 0.98), new(4, 0.25, 0.75)]),
        new("NPO+RT", null!, [], [new(0, 0.97, 0.96), new(4, 0.5, 0.875), new(8, 0.125, 0.625)]),
    ];

    private static StepReport[] Steps(params double[] losses) =>
        [.. losses.Select((loss, i) => new StepReport(i + 1, losses.Length, loss, 1, 1, TimeSpan.Zero))];

    [Fact]
    public void Losses_are_drawn_over_their_updates_one_line_a_run()
    {
        var chart = Curves.Loss("Learning", ("mini", Steps(5.5, 4.25)), ("large", Steps(3.5, 2.25, 1.125)));

        Assert.Equal([("mini", "1 2", "5.5 4.25"), ("large", "1 2 3", "3.5 2.25 1.125")], Lines(chart));
        Assert.Equal(("Learning", "update", "loss (nats)"), Titles(chart));
    }

    [Fact]
    public void Memory_of_the_answers_to_forget_is_drawn_for_every_trial() =>
        Assert.Equal([("GA", "0 4", "0.99 0.25"), ("NPO+RT", "0 4 8", "0.97 0.5 0.125")], Lines(Curves.ForgetMemory(Trials)));

    [Fact]
    public void Memory_of_the_answers_to_keep_is_drawn_for_every_trial() =>
        Assert.Equal([("GA", "0 4", "0.98 0.75"), ("NPO+RT", "0 4 8", "0.96 0.875 0.625")], Lines(Curves.RetainMemory(Trials)));

    [Fact]
    public void Each_memory_chart_says_which_way_is_better()
    {
        Assert.Equal(("Answers to forget (lower is better)", "update", "probability per token"), Titles(Curves.ForgetMemory(Trials)));
        Assert.Equal(("Answers to keep (higher is better)", "update", "probability per token"), Titles(Curves.RetainMemory(Trials)));
    }

    private static IEnumerable<(string Name, string X, string Y)> Lines(GenericChart chart) =>
        Figure(chart).GetProperty("data").EnumerateArray()
            .Select(line => (line.GetProperty("name").GetString()!, Numbers(line.GetProperty("x")), Numbers(line.GetProperty("y"))));

    private static string Numbers(JsonElement array) => string.Join(' ', array.EnumerateArray().Select(number => number.GetRawText()));

    private static (string? Title, string? X, string? Y) Titles(GenericChart chart)
    {
        var layout = Figure(chart).GetProperty("layout");
        string? Text(JsonElement owner) => owner.GetProperty("title").GetProperty("text").GetString();
        return (Text(layout), Text(layout.GetProperty("xaxis")), Text(layout.GetProperty("yaxis")));
    }

    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;
}
