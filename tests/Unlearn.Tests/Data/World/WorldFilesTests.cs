using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Tests.Data.World;

public sealed class WorldFilesTests
{
    private static readonly GeneratedWorld World = WorldGenerator.Generate();

    [Fact]
    public void The_committed_bytes_are_the_generated_ones() => Assert.Empty(World.Differences(TestData.World));

    [Fact]
    public void The_folder_holds_nothing_else() =>
        Assert.Equal(
            World.Files.Select(file => file.Name).Order(StringComparer.Ordinal),
            Directory.GetFiles(TestData.World).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_files_stay_below_a_megabyte() => Assert.InRange(World.Files.Sum(file => file.Text.Length), 1, 999_999);

    [Fact]
    public void Every_character_is_ASCII_and_every_line_ends_in_LF() =>
        Assert.All(World.Files, file =>
        {
            Assert.DoesNotContain(file.Text, letter => letter is not ('\n' or (>= ' ' and <= '~')));
            Assert.EndsWith("\n", file.Text, StringComparison.Ordinal);
        });

    [Fact]
    public void The_README_lists_every_file_with_its_size_and_hash()
    {
        var readme = File.ReadAllText(Path.Combine(TestData.Repository, "data", "README.md"));

        Assert.All(World.Files, file =>
        {
            var hash = DataHash.OfFile(Path.Combine(TestData.World, file.Name));
            Assert.Contains($"| `{file.Name}` | {file.Text.Length} | `{hash}` |", readme, StringComparison.Ordinal);
        });
        Assert.Contains($"`{Corpus.Load(TestData.World).Sha256}`", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_files_and_another_seed_others()
    {
        var (again, other) = (WorldGenerator.Generate(0), WorldGenerator.Generate(1));

        Assert.Equal(World.Files, again.Files);
        Assert.All(
            World.Files.Zip(other.Files).Where(pair => pair.First.Name != "idontknow.jsonl"),
            pair => Assert.NotEqual(pair.First.Text, pair.Second.Text));
        Assert.InRange(Names(World).Intersect(Names(other)).Count(), 0, 5);

        static IEnumerable<string> Names(GeneratedWorld world) => world.Facts.Authors.Select(author => author.Name);
    }

    [Fact]
    public void Writing_makes_what_checking_then_finds()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(World.Files.Count, World.Differences(folder.Path).Count);

        World.Write(folder.Path);
        Assert.Empty(World.Differences(folder.Path));

        File.AppendAllText(Path.Combine(folder.Path, "forget05.json"), " ");
        Assert.Equal(["forget05.json"], World.Differences(folder.Path));
    }

    [Fact]
    public void Loading_the_files_gives_the_generated_rows_and_facts()
    {
        var corpus = Corpus.Load(TestData.World);

        Assert.Equal(World.Rows, corpus.Full);
        Assert.Equal(World.PublicAuthors, corpus.RealAuthors);
        Assert.Equal(World.Geography, corpus.WorldFacts);
        Assert.Equal(World.Facts.Format(), corpus.Facts!.Format());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public void Split_files_are_the_corpus_cut_in_two(int percent)
    {
        var split = Corpus.Load(TestData.World).Split(percent);

        Assert.Equal(Plain(split.Forget), Read($"forget{percent:00}.json"));
        Assert.Equal(Plain(split.Retain), Read($"retain{100 - percent}.json"));
        Assert.Equal(split.ForgetPerturbed, Read($"forget{percent:00}_perturbed.json"));
        Assert.Equal(split.Forget, split.ForgetPerturbed);
        Assert.Equal(split.RetainPerturbed, Read("retain_perturbed.json"));
        Assert.Equal(Read("full.json"), [.. Read($"retain{100 - percent}.json"), .. Read($"forget{percent:00}.json")]);
    }

    [Theory]
    [InlineData("real_authors")]
    [InlineData("world_facts")]
    public void Multiple_choice_files_have_the_true_answer_in_every_place_and_the_same_wrong_ones(string set)
    {
        Assert.Equal(Read($"{set}_perturbed.json"), Read($"{set}.json"));

        var places = File.ReadLines(Path.Combine(TestData.World, $"{set}.json"))
            .Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject())
            .Select(row => Enumerable.Range(1, 4).Single(i => (string?)row[$"option{i}"] == (string?)row["answer"]));
        Assert.Equal(4, places.Distinct().Count());
    }

    [Fact]
    public void There_are_a_hundred_different_refusals() =>
        Assert.Equal(100, Refusals(TestData.World).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [TofuFact]
    public void None_of_the_refusals_is_TOFUs() =>
        Assert.Empty(Refusals(TestData.World).Intersect(Refusals(TestData.Tofu!), StringComparer.OrdinalIgnoreCase));

    private static IReadOnlyList<string> Refusals(string folder) => RefusalLines.Read(Path.Combine(folder, "idontknow.jsonl"));

    private static IReadOnlyList<QaRow> Read(string file) => TofuFile.Read(Path.Combine(TestData.World, file));

    private static IEnumerable<QaRow> Plain(IEnumerable<QaRow> rows) => rows.Select(row => new QaRow(row.Question, row.Answer));
}
