using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Unlearn.Reporting;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn claims</c>: which claims of the papers hold here, over all notebooks.</summary>
internal static class ClaimsCommand
{
    private static readonly string[] Header = ["notebook", "claim", "source", "value", "95 % interval", "seeds", "scale", "verdict"];

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // read by people and by programs, never part of a page
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "The folder with the notebooks' .claims.json files. Default: notebooks/out.",
            DefaultValueFactory = _ => Path.Combine("notebooks", "out"),
        };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var markdown = new Option<bool>("--markdown") { Description = "Print as a Markdown table, for the README." };
        var command = new Command("claims", """
            Show every claim that the notebooks tested: our value with its 95 % interval over seeds, and the verdict.

            Examples:
              unlearn claims
              unlearn claims --markdown
              unlearn claims somewhere/out --json

            Exit code: 0 there are claims (whatever their verdicts); 2 there are none, or a file is damaged.
            """) { folder, json, markdown };
        command.SetAction(parsed => Show(parsed.GetValue(folder)!, parsed.GetValue(json), parsed.GetValue(markdown)));
        return command;
    }

    private static int Show(string folder, bool asJson, bool asMarkdown)
    {
        try
        {
            var ledger = Directory.Exists(folder) ? ClaimFile.LoadAll(folder) : [];
            if (ledger.Count == 0)
                throw new InvalidDataException($"there are no *.claims.json files in {folder}; 'unlearn run' writes them.");
            var verdicts = ledger.SelectMany(f => f.Claims).GroupBy(c => c.Verdict, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
            if (asJson) Console.WriteLine(JsonSerializer.Serialize(new { verdicts, notebooks = ledger }, Json));
            else if (asMarkdown) Console.Write(Markdown(ledger));
            else Print(ledger, verdicts);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            if (asJson) Console.WriteLine(JsonSerializer.Serialize(new { error = e.Message }, Json));
            else Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static string Markdown(IReadOnlyList<ClaimFile> ledger)
    {
        var rows = ledger.SelectMany(f => f.Claims.Select(c => Cells(f.Notebook, c)));
        string[] lines =
        [
            $"| {string.Join(" | ", Header)} |", "|---|---|---|--:|---|--:|---|---|",
            .. rows.Select(r => $"| {string.Join(" | ", r.Select(Escape))} |"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Escape(string cell) => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static void Print(IReadOnlyList<ClaimFile> ledger, Dictionary<string, int> verdicts)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in Header) table.AddColumn(name is "value" or "seeds" ? new TableColumn(name).RightAligned() : new(name));
        foreach (var file in ledger)
        {
            foreach (var claim in file.Claims) table.AddRow(Array.ConvertAll(Cells(file.Notebook, claim), Markup.Escape));
        }
        // A pipe has no width of its own; lines that a terminal would break stay whole there.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 250;
        AnsiConsole.Write(table);
        Console.WriteLine(string.Join(", ", verdicts.Select(v => $"{v.Value} {v.Key}")));
    }

    private static string[] Cells(string notebook, Claim claim) =>
    [
        notebook, claim.Statement, claim.Source, claim.Value.ToString("F3", CultureInfo.InvariantCulture),
        claim is { Low: { } low, High: { } high } ? string.Create(CultureInfo.InvariantCulture, $"{low:F3} … {high:F3}") : "–",
        claim.Seeds.ToString(CultureInfo.InvariantCulture), claim.Scale, claim.Verdict,
    ];
}
