using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class CorpusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_world_loads_with_its_facts()
    {
        var world = World();

        Assert.Equal(("world", 800, 60, 60, 100, 8),
            (world.Name, world.Full.Count, world.RealAuthors.Count, world.WorldFacts.Count, world.Refusals.Count, world.RowsPerAuthor));
        Assert.Equal((100, 800), (world.Facts!.Authors.Count, world.Facts.Rows.Count));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(5, 40)]
    [InlineData(10, 80)]
    [InlineData(50, 400)]
    public void A_split_forgets_the_last_rows_and_keeps_the_others(int percent, int forgotten)
    {
        var world = World();
        var split = world.Split(percent);

        Assert.Equal((percent, forgotten), (split.Percent, split.Forget.Count));
        Assert.Equal(world.Full, [.. split.Retain, .. split.Forget]);
        Assert.Equal(world.Full.Take(Math.Min(400, split.Retain.Count)), split.RetainPerturbed);
        Assert.Equal(split.Forget.Where(row => row.HasPerturbedAnswers), split.ForgetPerturbed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100)]
    public void A_share_outside_1_to_99_is_refused(int percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => World().Split(percent));

    [Fact]
    public void A_split_through_an_author_is_refused()
    {
        var twenty = World().TakeLast(160);

        Assert.Equal(8, twenty.Split(5).Forget.Count);
        Assert.Contains("1 % of 160 rows is not a multiple of 8",
            Assert.Throws<ArgumentOutOfRangeException>(() => twenty.Split(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_rows_are_a_corpus_of_their_own()
    {
        var world = World();
        var slice = world.TakeLast(80);

        Assert.Equal(world.Full.Skip(720), slice.Full);
        Assert.Equal(world.Facts!.Rows.Skip(720), slice.Facts!.Rows);
        Assert.NotEqual(world.Sha256, slice.Sha256);
        Assert.Equal(64, slice.Sha256.Length);
        Assert.Equal(slice.Sha256, World().TakeLast(80).Sha256);
        Assert.NotEqual(slice.Sha256, world.TakeLast(160).Sha256);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-8)]
    [InlineData(81)]
    [InlineData(808)]
    public void A_slice_is_a_whole_number_of_authors(int rows) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => World().TakeLast(rows));

    [Fact]
    public void The_name_is_the_folders_unless_told()
    {
        Assert.Equal("world", Corpus.Load(TestData.World + "/").Name);
        Assert.Equal("mine", Corpus.Load(TestData.World, "mine").Name);
    }

    [Fact]
    public void The_hash_is_the_same_for_the_same_bytes_wherever_they_lie() =>
        Assert.Equal(World().Sha256, Corpus.Load(CopyOfWorld()).Sha256);

    [Theory]
    [InlineData("full.json")]
    [InlineData("forget10_perturbed.json")]
    [InlineData("retain_perturbed.json")]
    [InlineData("real_authors_perturbed.json")]
    [InlineData("world_facts_perturbed.json")]
    [InlineData("idontknow.jsonl")]
    [InlineData("facts.json")]
    public void The_hash_changes_with_any_byte_of_any_file_read(string file)
    {
        var copy = CopyOfWorld();
        File.AppendAllText(Path.Combine(copy, file), "\n");

        Assert.NotEqual(World().Sha256, Corpus.Load(copy).Sha256);
    }

    [Fact]
    public void Rows_that_do_not_repeat_the_full_file_are_refused()
    {
        var copy = CopyOfWorld();
        var path = Path.Combine(copy, "retain_perturbed.json");
        var lines = File.ReadAllLines(path);
        (lines[3], lines[4]) = (lines[4], lines[3]);
        File.WriteAllLines(path, lines);

        var error = Assert.Throws<InvalidDataException>(() => Corpus.Load(copy));

        Assert.StartsWith($"{path}: expected row 3 to repeat row 3 of full.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_perturbed_rows_than_rows_are_refused()
    {
        var copy = CopyOfWorld();
        File.WriteAllLines(Path.Combine(copy, "full.json"), File.ReadAllLines(Path.Combine(copy, "full.json")).TakeLast(40));

        Assert.Contains("expected at most the 40 rows of full.json, got 80",
            Assert.Throws<InvalidDataException>(() => Corpus.Load(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_of_another_number_of_rows_are_refused()
    {
        var copy = CopyOfWorld();
        var path = Path.Combine(copy, "full.json");
        File.WriteAllText(Path.Combine(copy, "retain_perturbed.json"), File.ReadLines(Path.Combine(copy, "retain_perturbed.json")).First());
        var kept = File.ReadLines(path).Where((_, i) => i is 0 or >= 720).ToArray();
        File.WriteAllLines(path, kept);

        Assert.Contains("expected facts for the 81 rows",
            Assert.Throws<InvalidDataException>(() => Corpus.Load(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var copy = CopyOfWorld();
        File.Delete(Path.Combine(copy, "idontknow.jsonl"));

        Assert.Contains("idontknow.jsonl", Assert.Throws<FileNotFoundException>(() => Corpus.Load(copy)).Message, StringComparison.Ordinal);
    }

    private static Corpus World() => Corpus.Load(TestData.World);

    private string CopyOfWorld()
    {
        var copy = folder.Folder("copy");
        foreach (var path in Directory.GetFiles(TestData.World)) File.Copy(path, Path.Combine(copy, Path.GetFileName(path)));
        return copy;
    }
}
