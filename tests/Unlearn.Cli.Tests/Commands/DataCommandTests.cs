using System.Text.Json;

namespace Unlearn.Cli.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly CommandLine unlearn = new();

    public void Dispose() => unlearn.Dispose();

    [Theory]
    [InlineData("world", "full.json")]
    [InlineData("dialogues", "harmful.jsonl")]
    public void What_was_made_is_found_to_be_so_until_a_byte_changes(string name, string file)
    {
        var folder = Path.Combine(unlearn.Folder, "made");
        var (made, output, error) = unlearn.Run("data", name, "--out", folder, "--seed", "3");
        Assert.True(made == 0, error);
        Assert.Contains("of seed 3", output, StringComparison.Ordinal);
        Assert.Equal(0, unlearn.Run("data", name, "--out", folder, "--seed", "3", "--check").ExitCode);

        File.AppendAllText(Path.Combine(folder, file), "\n");
        var (differs, _, told) = unlearn.Run("data", name, "--out", folder, "--seed", "3", "--check");
        Assert.Equal(1, differs);
        Assert.Contains(file, told, StringComparison.Ordinal);
        Assert.Contains($"'unlearn data {name}'", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("world", 17)]
    [InlineData("dialogues", 5)]
    public void Json_has_every_file_with_its_hash(string name, int count)
    {
        var folder = Path.Combine(unlearn.Folder, "made");
        var result = JsonDocument.Parse(unlearn.Run("data", name, "--out", folder, "--json").Output).RootElement;

        Assert.True(result.GetProperty("same").GetBoolean());
        Assert.Equal(count, result.GetProperty("files").GetArrayLength());
        Assert.All(result.GetProperty("files").EnumerateArray(), file => Assert.Equal(64, file.GetProperty("sha256").GetString()!.Length));
    }
}
