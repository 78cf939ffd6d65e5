using Unlearn.Data;
using Unlearn.Dialogues;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues;

public sealed class DialogueFilesTests
{
    private static readonly DialogueWorld World = DialogueWorldTests.World;

    [Fact]
    public void Loading_what_was_written_gives_the_same_world()
    {
        using var folder = new TemporaryFolder();
        World.Write(folder.Path);
        var loaded = DialogueWorld.Load(folder.Path);

        Assert.Equal(World.Sha256, loaded.Sha256);
        Assert.Equal(World.Files, loaded.Files);
        Assert.Equal(World.Taught, loaded.Taught);
        Assert.Equal(World.Set(DialogueSet.Unseen, DialogueKind.Hallucinated), loaded.Set(DialogueSet.Unseen, DialogueKind.Hallucinated));
        Assert.Equal<string>(World.Pool(DialogueKind.Private), loaded.Pool(DialogueKind.Private));
    }

    [Theory]
    [InlineData("harmful.jsonl")]
    [InlineData("ordinary.jsonl")]
    public void A_file_that_was_cut_off_is_named(string name)
    {
        using var folder = new TemporaryFolder();
        World.Write(folder.Path);
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, File.ReadAllText(path)[..^40]);

        Assert.Equal([name], World.Differences(folder.Path));
        var error = Assert.Throws<InvalidDataException>(() => DialogueWorld.Load(folder.Path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_said_to_be_so()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<DirectoryNotFoundException>(() => DialogueWorld.Load(Path.Combine(folder.Path, "none")));
        Assert.Throws<FileNotFoundException>(() => DialogueWorld.Load(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"seed\": -1}")]
    [InlineData("{\"seed\": 0, \"pools\": {}, \"files\": {}}")]
    public void A_damaged_sheet_is_said_to_be_so(string text)
    {
        using var folder = new TemporaryFolder();
        World.Write(folder.Path);
        folder.File("world.json", text);

        Assert.Contains("world.json", Message(folder.Path), StringComparison.Ordinal);
    }

    // A row and its hash forged together: the row is still read strictly.
    [Theory]
    [InlineData("{\"place\":\"train\"}")]
    [InlineData("{\"place\":\"nowhere\",\"topic\":\"t\",\"key\":\"k\",\"template\":0,\"prompt\":\"p\",\"answer\":\"a\"}")]
    [InlineData("{\"place\":\"train\",\"topic\":\"t\",\"key\":\"k\",\"template\":9,\"prompt\":\"p\",\"answer\":\"a\"}")]
    [InlineData("{\"place\":\"train\",\"topic\":\"t\",\"key\":\"k\",\"template\":0,\"prompt\":null,\"answer\":\"a\"}")]
    public void A_row_of_another_shape_is_named_by_its_line(string row)
    {
        using var folder = new TemporaryFolder();
        World.Write(folder.Path);
        var path = folder.File("private.jsonl", row + "\n");
        var sheet = Path.Combine(folder.Path, "world.json");
        var was = DataHash.OfText(World.Files.Single(file => file.Name == "private.jsonl").Text);
        File.WriteAllText(sheet, File.ReadAllText(sheet).Replace(was, DataHash.OfFile(path), StringComparison.Ordinal));

        Assert.StartsWith($"{path}(1)", Message(folder.Path), StringComparison.Ordinal);
    }

    private static string Message(string folder) => Assert.Throws<InvalidDataException>(() => DialogueWorld.Load(folder)).Message;
}
