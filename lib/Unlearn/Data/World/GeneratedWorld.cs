namespace Unlearn.Data.World;

/// <summary>A generated world: its rows, its facts, and the files they become.</summary>
public sealed class GeneratedWorld
{
    private static readonly int[] Percents = [1, 5, 10];

    private readonly IReadOnlyList<(string Name, string Text)> files;

    internal GeneratedWorld(
        FactSheet facts, IReadOnlyList<QaRow> rows, IReadOnlyList<QaRow> publicAuthors, IReadOnlyList<QaRow> geography, SplitMix64 random)
    {
        (Facts, Rows, PublicAuthors, Geography) = (facts, rows, publicAuthors, geography);
        files = [.. Layout(random)];
    }

    /// <summary>Who the authors are and what every row says.</summary>
    public FactSheet Facts { get; }

    /// <summary>All rows on the fictitious authors; the first 400 and the last 10 % have paraphrases and five perturbed answers.</summary>
    public IReadOnlyList<QaRow> Rows { get; }

    /// <summary>The same rows, all of them with paraphrases and five perturbed answers.</summary>
    public IReadOnlyList<QaRow> Perturbed { get; internal init; } = [];

    /// <summary>Rows on classic authors, with three wrong answers.</summary>
    public IReadOnlyList<QaRow> PublicAuthors { get; }

    /// <summary>Rows on the world's geography, with three wrong answers.</summary>
    public IReadOnlyList<QaRow> Geography { get; }

    /// <summary>The world's files, TOFU's names and <c>facts.json</c>: name and text, ASCII with LF.</summary>
    public IReadOnlyList<(string Name, string Text)> Files => files;

    /// <summary>Writes all files into the folder, each through a temporary file.</summary>
    /// <param name="folder">The folder; made where needed. Other files in it stay.</param>
    public void Write(string folder)
    {
        foreach (var (name, text) in files) WholeFile.Write(Path.Combine(folder, name), text);
    }

    /// <summary>The names of those files that the folder lacks or has with other bytes; empty when all are as generated.</summary>
    /// <param name="folder">The folder to compare with.</param>
    public IReadOnlyList<string> Differences(string folder) =>
    [
        .. from file in files
           let path = Path.Combine(folder, file.Name)
           where !File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(file.Text))
           select file.Name,
    ];

    private IEnumerable<(string, string)> Layout(SplitMix64 random)
    {
        QaRow[] plain = [.. Rows.Select(row => new QaRow(row.Question, row.Answer))];
        yield return ("full.json", TofuFile.Format(plain));
        foreach (var percent in Percents)
        {
            var kept = Rows.Count - Rows.Count * percent / 100;
            yield return ($"forget{percent:00}.json", TofuFile.Format(plain.Skip(kept)));
            yield return ($"retain{100 - percent}.json", TofuFile.Format(plain.Take(kept)));
            yield return ($"forget{percent:00}_perturbed.json", TofuFile.Format(Rows.Skip(kept)));
        }
        yield return ("retain_perturbed.json", TofuFile.Format(Rows.Take(WorldGenerator.PerturbedFirst)));
        yield return ("real_authors.json", Options(PublicAuthors, random));
        yield return ("real_authors_perturbed.json", TofuFile.Format(PublicAuthors));
        yield return ("world_facts.json", Options(Geography, random));
        yield return ("world_facts_perturbed.json", TofuFile.Format(Geography));
        yield return ("idontknow.jsonl", string.Concat(Refusals.All.Select(line => line + "\n")));
        yield return (FactSheet.FileName, Facts.Format());
    }

    private static string Options(IReadOnlyList<QaRow> rows, SplitMix64 random) =>
        string.Concat(rows.Select(row => TofuRow.FormatOptions(row, random.Below(row.PerturbedAnswers.Length + 1)) + "\n"));
}
