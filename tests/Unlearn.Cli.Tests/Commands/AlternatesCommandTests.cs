using System.Text.Json;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn alternates</c> as its users meet it.</summary>
public sealed class AlternatesCommandTests : IDisposable
{
    private readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    private string FileOf(params string[] lines)
    {
        var path = Path.Combine(command.Folder, "alternates.json");
        File.WriteAllLines(path, lines);
        return path;
    }

    [Fact]
    public void A_file_of_either_format_is_described_in_words_and_as_JSON()
    {
        var path = FileOf(
            """{"question": "Where?", "answer": "It is in Oslo.", "sub_answer": "It is in Rome."}""",
            """{"question": "Where?", "answer": "It is in Oslo.", "alternate": "It is in Oslo."}""");

        var (exitCode, words, error) = command.Run("alternates", "--stats", path);
        Assert.True(exitCode == 0, error);
        Assert.Contains("2 alternates of 1 questions, 0 repeated, 0 empty", words, StringComparison.Ordinal);
        Assert.Contains("1 equal to the true answer, 1 near copies", words, StringComparison.Ordinal);
        var statistics = JsonDocument.Parse(command.Run("alternates", "--stats", path, "--json").Output).RootElement;
        Assert.Equal((2, 1, 0.875), (statistics.GetProperty("rows").GetInt32(), statistics.GetProperty("near_copies").GetInt32(),
            statistics.GetProperty("recall").GetDouble()));
    }

    [Fact]
    public void A_damaged_file_and_a_missing_target_are_errors_that_say_what_to_do()
    {
        var (exitCode, _, error) = command.Run("alternates", "--stats", FileOf("{\"question\": 1}"));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("alternates.json(1): expected a text 'question'", error, StringComparison.Ordinal);

        (exitCode, _, error) = command.Run("alternates");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("--out FILE", error, StringComparison.Ordinal);
    }
}
