using System.Text.Json;

namespace Unlearn.Cli.Tests.Commands;

public sealed class ClaimsCommandTests : IDisposable
{
    private const string Claims = """
        [{ "id": "a", "claim": "A | B", "source": "p", "test": "t", "value": 0.25, "low": 0.1, "high": 0.4, "seeds": 3, "scale": "mini",
           "verdict": "reproduced" },
         { "id": "b", "claim": "C", "source": "p", "test": "t", "value": 1, "low": null, "high": null, "seeds": 1, "scale": "mini",
           "verdict": "not testable at this scale" }]
        """;

    private readonly CommandLine unlearn = new();

    public ClaimsCommandTests()
    {
        var folder = Directory.CreateDirectory(Path.Combine(unlearn.Folder, "notebooks", "out")).FullName;
        File.WriteAllText(Path.Combine(folder, "01-npo.claims.json"), Claims);
    }

    public void Dispose() => unlearn.Dispose();

    [Fact]
    public void Ledger_shows_every_claim_and_counts_verdicts()
    {
        var (exitCode, output, error) = unlearn.Run("claims");
        Assert.True(exitCode == 0, error);
        Assert.Contains("0.100 … 0.400", output, StringComparison.Ordinal);
        Assert.EndsWith("1 not testable at this scale, 1 reproduced\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_is_a_table_whose_cells_cannot_break_it() => Assert.Equal("""
        | notebook | claim | source | value | 95 % interval | seeds | scale | verdict |
        |---|---|---|--:|---|--:|---|---|
        | 01-npo | A \| B | p | 0.250 | 0.100 … 0.400 | 3 | mini | reproduced |
        | 01-npo | C | p | 1.000 | – | 1 | mini | not testable at this scale |

        """.ReplaceLineEndings("\n"), unlearn.Run("claims", "--markdown").Output);

    [Fact]
    public void Json_holds_the_claims_by_notebook()
    {
        var ledger = JsonDocument.Parse(unlearn.Run("claims", "--json").Output).RootElement;
        Assert.Equal(1, ledger.GetProperty("verdicts").GetProperty("reproduced").GetInt32());
        Assert.Equal("b", ledger.GetProperty("notebooks")[0].GetProperty("claims")[1].GetProperty("id").GetString());
    }

    [Fact]
    public void Folder_without_claims_is_an_error()
    {
        var (exitCode, _, error) = unlearn.Run("claims", "absent");
        Assert.Equal(2, exitCode);
        Assert.Contains("no *.claims.json files in absent", error, StringComparison.Ordinal);
    }
}
