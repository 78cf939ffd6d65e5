using System.CommandLine;
using System.Globalization;
using Unlearn.Data;

namespace Unlearn.Cli.Commands;

/// <summary>Which rows a command unlearns: a share of a data set, or files of one's own.</summary>
internal sealed class RowArguments
{
    private readonly Option<int> forget = new("--forget")
    {
        Description = "The share of the data set to forget, in percent.",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<int?> last = new("--last") { Description = "Take only the last so many rows of the data set.", HelpName = "ROWS" };

    private readonly Option<string?> forgetFile = new("--forget-data")
    {
        Description = "Rows of one's own to forget: a JSON object a line with question and answer.",
        HelpName = "FILE",
    };

    private readonly Option<string?> retainFile = new("--retain-data")
    {
        Description = "Rows of one's own to keep, beside --forget-data.",
        HelpName = "FILE",
    };

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [forget, last, forgetFile, retainFile];

    /// <summary>The rows, ways to refuse, and what the log says of both.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="dataset">The data set, which also has the refusals for rows of one's own.</param>
    /// <param name="keeps">Whether rows to keep are needed.</param>
    public (ForgetSplit Split, IReadOnlyList<string> Refusals, Dictionary<string, string> Facts) Of(
        ParseResult parsed, string dataset, bool keeps)
    {
        var (mine, kept) = (parsed.GetValue(forgetFile), parsed.GetValue(retainFile));
        var corpus = DataSets.Named(dataset);
        if (mine is not null)
        {
            if (kept is null && keeps)
                throw new ArgumentException("The method reads rows to keep: name a file of them, --retain-data, beside --forget-data.");
            return (new(0, TofuFile.Read(mine), kept is null ? [] : TofuFile.Read(kept), [], []), corpus.Refusals, new()
            {
                ["corpus"] = kept is null ? mine : $"{mine}, {kept}",
                ["corpusSha256"] = string.Join(", ", new[] { mine, kept }.OfType<string>().Select(DataHash.OfFile)),
                ["forget"] = "all of the first file",
            });
        }
        if (kept is not null) throw new ArgumentException("--retain-data stands beside --forget-data, which is missing.");
        if (parsed.GetValue(last) is { } count) corpus = corpus.TakeLast(count);
        var split = corpus.Split(parsed.GetValue(forget));
        return (split, corpus.Refusals, new()
        {
            ["corpus"] = corpus.Name,
            ["corpusSha256"] = corpus.Sha256,
            ["forget"] = string.Create(CultureInfo.InvariantCulture, $"{split.Percent} %"),
        });
    }
}
