using Unlearn.Data;
using Unlearn.Generation;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Generation;

public sealed class AlternateStatisticsTests
{
    // Two questions. Recall of "a b c d": 1, 0.75, 0, 1 (case and points aside); of "one two": 0.5, 0.
    private static readonly AlternateRow[] Rows =
    [
        new("Q", "a b c d", "a b c d e f"), new("Q", "a b c d", "a b x d"), new("Q", "a b c d", "a b x d"),
        new("Q", "a b c d", "A, b c D."),
        new("P", "one two", "one three"), new("P", "one two", " "),
    ];

    [Fact]
    public void Everything_that_is_counted_is_counted()
    {
        var statistics = AlternateStatistics.Of(Rows);

        Assert.Equal((6, 2, 5, 1, 1), (statistics.Rows, statistics.Questions, statistics.Distinct, statistics.Empty, statistics.Equal));
        Assert.Equal((2, 2), (statistics.NearCopies, statistics.WholeCopies));
        Assert.Equal((1 + 0.75 + 0.75 + 1 + 0.5 + 0) / 6, statistics.Recall, 12);
        Assert.Equal((0, 4, 6, 20.0 / 6), (statistics.Words.Least, statistics.Words.Median, statistics.Words.Most, statistics.Words.Mean));
        Assert.Equal(Math.Sqrt((36 + 16 * 3 + 4 - 6 * Math.Pow(20.0 / 6, 2)) / 5), statistics.Words.Deviation, 12);
        Assert.Equal((3, 4), (statistics.AnswerWords.Mean, statistics.AnswerWords.Most));
        Assert.Equal(11, statistics.Characters.Most);
    }

    // F1 with 6 and 4 tokens and 3 in common is 0.6, with 4 in common 0.8; of 4 and 4 with 3 in common 0.75.
    [Fact]
    public void Likeness_is_the_mean_over_questions_of_the_mean_over_pairs()
    {
        var question = (0.6 + 0.6 + 0.8 + 1 + 0.75 + 0.75) / 6;

        Assert.Equal((question + 0) / 2, AlternateStatistics.Of(Rows).Likeness!.Value, 12);
        Assert.Null(AlternateStatistics.Of([Rows[0], Rows[4]]).Likeness);
    }

    [Fact]
    public void No_rows_have_no_statistics() => Assert.Throws<ArgumentException>(() => AlternateStatistics.Of([]));

    [Fact]
    public void A_filter_passes_the_first_that_are_new_and_give_nothing_away()
    {
        var kept = new AlternateFilter().Take(Rows[..4].Append(new("Q", "a b c d", "x y")), 5);

        Assert.Equal(["a b x d", "x y"], kept.Select(row => row.Alternate));
        Assert.Equal(2, new AlternateFilter(Distinct: false).Take(Rows[..4], 2).Count);
        Assert.Equal("a b c d e f", new AlternateFilter(LargestRecall: 1.1).Take(Rows, 1)[0].Alternate);
    }

    // Counts, means and extremes of the authors' own files, measured apart from this code; none of the files is kept with the project.
    [StoredAlternatesTheory]
    [InlineData("tofu_ft_llama2-7b/forget01/alt5_seed_0.json", 200, 40, 200, 31.69, 10.0, 7, 32, 59, 219.1, 380, .495, .408)]
    [InlineData("tofu_ft_llama2-7b/forget01/alt5_seed_1.json", 200, 40, 197, 31.80, 9.7, 6, 32, 57, 218.0, 380, .492, .422)]
    [InlineData("tofu_ft_llama2-7b/forget01/alt5_seed_2.json", 200, 40, 199, 32.42, 10.2, 6, 32, 64, 222.6, 426, .503, .406)]
    [InlineData("tofu_ft_llama2-7b/forget05/alt5_seed_0.json", 1000, 200, 996, 31.17, 9.9, 6, 31, 72, 209.7, 424, .486, .420)]
    [InlineData("tofu_ft_llama2-7b/forget05/alt5_seed_1.json", 1000, 200, 997, 31.75, 10.5, 6, 31, 86, 212.8, 568, .493, .420)]
    [InlineData("tofu_ft_llama2-7b/forget05/alt5_seed_2.json", 1000, 200, 995, 31.79, 10.1, 6, 31, 66, 212.8, 461, .494, .427)]
    [InlineData("tofu_ft_llama2-7b/forget10/alt5_seed_0.json", 2000, 400, 1991, 32.27, 10.9, 4, 32, 81, 216.5, 521, .497, .418)]
    [InlineData("tofu_ft_llama2-7b/forget10/alt5_seed_1.json", 2000, 400, 1993, 32.24, 11.2, 6, 31, 82, 216.7, 517, .495, .416)]
    [InlineData("tofu_ft_llama2-7b/forget10/alt5_seed_2.json", 2000, 400, 1989, 32.33, 11.1, 6, 32, 82, 216.7, 525, .499, .415)]
    [InlineData("tofu_ft_llama3.2-3b-inst/forget10/alt5_seed_0.json", 2000, 400, 1956, 28.93, 11.1, 4, 28, 81, 194.5, 514, .477, .450)]
    [InlineData("tofu_ft_llama3.2-3b-inst/forget10/alt5_seed_1.json", 2000, 400, 1962, 28.96, 10.7, 4, 29, 65, 194.7, 453, .479, .454)]
    [InlineData("tofu_ft_llama3.2-3b-inst/forget10/alt5_seed_2.json", 2000, 400, 1963, 28.78, 11.0, 4, 29, 98, 193.3, 621, .473, .451)]
    public void The_authors_files_have_their_known_statistics(
        string file, int rows, int questions, int distinct, double words, double deviation, int least, int median, int most,
        double characters, int longest, double recall, double likeness)
    {
        var read = AlternateFile.Read(Path.Combine(StoredAlternatesTheoryAttribute.Folder!, file));
        var found = AlternateStatistics.Of(read);

        Assert.Equal((rows, questions, distinct, 0, 0), (found.Rows, found.Questions, found.Distinct, found.Empty, found.Equal));
        Assert.Equal((least, longest), (found.Words.Least, found.Characters.Most));
        Assert.Equal(most, found.Words.Most);
        Assert.Equal(median, found.Words.Median, 0.5);
        Assert.Equal(words, found.Words.Mean, 0.0051);
        Assert.Equal(deviation, found.Words.Deviation, 0.1);          // of n or n − 1, which was not noted
        Assert.Equal(characters, found.Characters.Mean, 0.0501);
        Assert.Equal(recall, found.Recall, 0.001);                  // letters beyond a–z count otherwise there
        Assert.Equal(likeness, found.Likeness!.Value, 0.001);
        Assert.All(read.Chunk(5), five => Assert.Single(five.DistinctBy(row => (row.Question, row.Answer))));
    }
}

/// <summary>A test on the authors' own files of alternates, skipped where they are absent: they come without a licence.</summary>
internal sealed class StoredAlternatesTheoryAttribute : TheoryAttribute
{
    public StoredAlternatesTheoryAttribute() =>
        Skip = Folder is null ? "the authors' alternates are neither in ../shared/data/altpo nor in UNLEARN_DATA/altpo" : null;

    /// <summary>The folder with the authors' <c>paper_models</c>, or null.</summary>
    public static string? Folder
    {
        get
        {
            var told = Environment.GetEnvironmentVariable("UNLEARN_DATA");
            var data = string.IsNullOrEmpty(told) ? Path.Combine(TestData.Repository, "..", "shared", "data") : told;
            var folder = Path.Combine(data, "altpo");
            return Directory.Exists(folder) ? folder : null;
        }
    }
}
