using Unlearn.Data;

namespace Unlearn.Tests.Data;

/// <summary>The real data set, against the counts and properties that its authors and the papers give.</summary>
public sealed class TofuTests
{
    [TofuTheory]
    [InlineData("full.json", 4000, 0)]
    [InlineData("forget01.json", 40, 0)]
    [InlineData("forget05.json", 200, 0)]
    [InlineData("forget10.json", 400, 0)]
    [InlineData("forget20.json", 800, 0)]
    [InlineData("forget30.json", 1200, 0)]
    [InlineData("forget50.json", 2000, 0)]
    [InlineData("forget90.json", 3600, 0)]
    [InlineData("retain10.json", 400, 0)]
    [InlineData("retain50.json", 2000, 0)]
    [InlineData("retain70.json", 2800, 0)]
    [InlineData("retain80.json", 3200, 0)]
    [InlineData("retain90.json", 3600, 0)]
    [InlineData("retain95.json", 3800, 0)]
    [InlineData("retain99.json", 3960, 0)]
    [InlineData("forget01_perturbed.json", 40, 5)]
    [InlineData("forget05_perturbed.json", 200, 5)]
    [InlineData("forget10_perturbed.json", 400, 5)]
    [InlineData("retain_perturbed.json", 400, 5)]
    [InlineData("real_authors.json", 100, 3)]
    [InlineData("real_authors_perturbed.json", 100, 3)]
    [InlineData("world_facts.json", 117, 3)]
    [InlineData("world_facts_perturbed.json", 117, 3)]
    public void Every_file_loads_with_its_rows(string file, int rows, int wrongAnswers)
    {
        var read = Read(file);

        Assert.Equal(rows, read.Count);
        Assert.All(read, row => Assert.Equal(wrongAnswers, row.PerturbedAnswers.Length));
        Assert.All(read, row => Assert.Equal(wrongAnswers == 5, row is { ParaphrasedAnswer: not null, ParaphrasedQuestion: not null }));
    }

    [TofuFact]
    public void Every_JSON_file_there_is_loads() =>
        Assert.All(Directory.GetFiles(TestData.Tofu!, "*.json"), path => Assert.NotEmpty(TofuFile.Read(path)));

    [TofuFact]
    public void There_are_a_hundred_refusals()
    {
        var refusals = RefusalLines.Read(Path.Combine(TestData.Tofu!, "idontknow.jsonl"));

        Assert.Equal(100, refusals.Count);
        Assert.Equal("I'm not certain about that.", refusals[0]);
    }

    [TofuTheory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(50)]
    public void Splits_are_the_published_files(int percent)
    {
        var split = Load().Split(percent);

        Assert.Equal(Read($"forget{percent:00}.json"), Plain(split.Forget));
        Assert.Equal(Read($"retain{100 - percent}.json"), Plain(split.Retain));
    }

    [TofuTheory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public void Perturbed_rows_of_a_split_are_the_published_files(int percent)
    {
        var split = Load().Split(percent);

        Assert.Equal(Read($"forget{percent:00}_perturbed.json"), split.ForgetPerturbed);
        Assert.Equal(Read("retain_perturbed.json"), split.RetainPerturbed);
    }

    [TofuTheory]
    [InlineData("real_authors")]
    [InlineData("world_facts")]
    public void Wrong_options_are_the_perturbed_answers(string set) => Assert.Equal(Read($"{set}_perturbed.json"), Read($"{set}.json"));

    [TofuFact]
    public void The_last_400_rows_are_a_small_TOFU_that_can_be_evaluated_on_every_row()
    {
        var slice = Load().TakeLast(400);
        var split = slice.Split(10);

        Assert.Equal("tofu-400", slice.Name);
        Assert.Equal(Read("forget10_perturbed.json"), slice.Full);
        Assert.Equal((40, 360), (split.Forget.Count, split.Retain.Count));
        Assert.Equal((40, 360), (split.ForgetPerturbed.Count, split.RetainPerturbed.Count));
        Assert.Equal(Read("forget01_perturbed.json"), split.Forget);
        Assert.Equal((100, 117, 100), (slice.RealAuthors.Count, slice.WorldFacts.Count, slice.Refusals.Count));
        Assert.Null(slice.Facts);
    }

    private static Corpus Load() => Corpus.Load(TestData.Tofu!, "tofu");

    private static IReadOnlyList<QaRow> Read(string file) => TofuFile.Read(Path.Combine(TestData.Tofu!, file));

    private static IEnumerable<QaRow> Plain(IEnumerable<QaRow> rows) => rows.Select(row => new QaRow(row.Question, row.Answer));
}
