using Unlearn.Cli.Sweeps;

namespace Unlearn.Cli.Tests.Sweeps;

public sealed class PaperSweepTests
{
    [Theory, InlineData("npo-tuning"), InlineData("people-tuning"), InlineData("closer-tuning")]
    public void What_tunes_rates_or_has_no_papers_numbers_is_refused(string grid) => Assert.Contains(
        "no runs at a paper's scale", Assert.Throws<ArgumentException>(() => PaperSweeps.Named(grid, "paper", "quick")).Message,
        StringComparison.Ordinal);

    [Theory, InlineData("npo"), InlineData("altpo-k"), InlineData("closer-me"), InlineData("continual-5"), InlineData("people")]
    public void A_model_that_the_paper_has_not_is_refused(string grid)
    {
        var message = Assert.Throws<ArgumentException>(() => PaperSweeps.Named(grid, "paper:gpt", "quick")).Message;
        Assert.Contains("or one of paper:llama", message, StringComparison.Ordinal);
        Assert.NotNull(PaperSweeps.Named(grid, "paper", "quick"));
    }

    [Theory, InlineData("dialogues"), InlineData("dialogues-ablation")]
    public void Dialogues_have_models_whose_numbers_are_inferred(string grid)
    {
        var message = Assert.Throws<ArgumentException>(() => PaperSweeps.Named(grid, "paper:gpt", "quick")).Message;
        Assert.Contains("or one of paper:opt-1.3b, paper:llama3.2-1b, paper:llama3-8b but", message, StringComparison.Ordinal);
        Assert.NotNull(PaperSweeps.Named(grid, "paper", "quick"));
    }

    [Fact]
    public void A_paper_may_have_several_models() => Assert.NotNull(PaperSweeps.Named("altpo", "paper:llama3.2-1b", "quick"));
}
