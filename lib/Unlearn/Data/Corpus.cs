using System.Security.Cryptography;
using System.Text;
using Unlearn.Data.World;

namespace Unlearn.Data;

/// <summary>All rows of one data set in TOFU's shape: what is trained on, what is asked besides, and how to refuse.</summary>
/// <remarks>
/// Authors are blocks of <see cref="RowsPerAuthor"/> consecutive rows. The rows of <see cref="Full"/> carry paraphrases and
/// perturbed answers wherever the data set has them: in TOFU the first 400 rows (retain_perturbed) and the last 400 (forget10_perturbed).
/// </remarks>
/// <param name="Name">A short name for tables and caches, such as <c>world</c> or <c>tofu</c>.</param>
/// <param name="Full">Every author's rows, in file order.</param>
/// <param name="RealAuthors">Questions on well-known authors, each with three wrong answers; never unlearned.</param>
/// <param name="WorldFacts">Questions on the world at large, each with three wrong answers; never unlearned.</param>
/// <param name="Refusals">Ways to say that one does not know.</param>
/// <param name="Sha256">Identity of the contents, 64 lower-case hexadecimal digits; changes with any byte of any file read.</param>
public sealed record Corpus(
    string Name,
    IReadOnlyList<QaRow> Full,
    IReadOnlyList<QaRow> RealAuthors,
    IReadOnlyList<QaRow> WorldFacts,
    IReadOnlyList<string> Refusals,
    string Sha256)
{
    /// <summary>The files that <see cref="Load"/> reads, in the order in which <see cref="Sha256"/> takes them.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        "full.json", "forget10_perturbed.json", "retain_perturbed.json",
        "real_authors_perturbed.json", "world_facts_perturbed.json", "idontknow.jsonl",
    ];

    private const int TofuRowsPerAuthor = 20;

    /// <summary>How many consecutive rows one author has: 20 in TOFU, 8 in the generated world.</summary>
    public int RowsPerAuthor { get; init; } = TofuRowsPerAuthor;

    /// <summary>The facts behind the rows, one entry a row of <see cref="Full"/>; null where the data set has none, as TOFU.</summary>
    public FactSheet? Facts { get; init; }

    /// <summary>Reads a folder with TOFU's file names (<see cref="Files"/>), and its facts where it has them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The corpus's name; the folder's own where null.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the perturbed files do not repeat rows of full.json.</exception>
    public static Corpus Load(string folder, string? name = null)
    {
        IReadOnlyList<QaRow> Rows(string file) => TofuFile.Read(Path.Combine(folder, file));

        var full = Rows("full.json").ToArray();
        var (last, first) = (Rows("forget10_perturbed.json"), Rows("retain_perturbed.json"));
        Enrich(full, full.Length - last.Count, last, Path.Combine(folder, "forget10_perturbed.json"));
        Enrich(full, 0, first, Path.Combine(folder, "retain_perturbed.json"));

        var facts = ReadFacts(folder, full);
        return new Corpus(
            name ?? Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)),
            full,
            Rows("real_authors_perturbed.json"),
            Rows("world_facts_perturbed.json"),
            RefusalLines.Read(Path.Combine(folder, "idontknow.jsonl")),
            DataHash.OfFiles(folder, facts is null ? Files : [.. Files, FactSheet.FileName]))
        {
            Facts = facts,
            RowsPerAuthor = facts is null ? TofuRowsPerAuthor : full.Length / facts.Authors.Count,
        };
    }

    /// <summary>Cuts off the last rows as those to forget, as TOFU does: forget01, forget05, forget10, …</summary>
    /// <param name="percent">1, 5 or 10 in the papers; any share from 1 to 99 that is a whole number of authors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range or would cut through an author.</exception>
    public ForgetSplit Split(int percent)
    {
        if (percent is < 1 or > 99)
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Expected a share between 1 and 99 percent.");
        if (Full.Count * percent % (100 * RowsPerAuthor) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(percent), percent,
                $"Expected a whole number of authors: {percent} % of {Full.Count} rows is not a multiple of {RowsPerAuthor} rows. "
                + "Take a larger share or more rows.");
        }
        var kept = Full.Count - Full.Count * percent / 100;
        QaRow[] forget = [.. Full.Skip(kept)], retain = [.. Full.Take(kept)];

        // At the end of the retained rows lie those that larger splits forget. They too have perturbed answers, but the published
        // retain_perturbed, on which every paper measures, is the unbroken run at the beginning.
        return new(percent, forget, retain,
            [.. forget.Where(row => row.HasPerturbedAnswers)],
            [.. retain.TakeWhile(row => row.HasPerturbedAnswers)]);
    }

    /// <summary>A smaller corpus of the same shape: the last <paramref name="rows"/> rows, held-out sets and refusals unchanged.</summary>
    /// <remarks>
    /// Taken from the end because TOFU has perturbed answers for its last 400 rows: of <c>TakeLast(400)</c>, 20 whole authors,
    /// every row can be evaluated, and <c>Split(10)</c> forgets the last 40 rows and retains the other 360.
    /// </remarks>
    /// <param name="rows">A positive multiple of <see cref="RowsPerAuthor"/>, at most all rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows would cut through an author or is out of range.</exception>
    public Corpus TakeLast(int rows)
    {
        if (rows < RowsPerAuthor || rows > Full.Count || rows % RowsPerAuthor != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows,
                $"Expected a multiple of {RowsPerAuthor} (the rows of one author) between {RowsPerAuthor} and {Full.Count}.");
        }
        var start = Full.Count - rows;
        var identity = SHA256.HashData(Encoding.ASCII.GetBytes($"{Sha256}[{start}..{Full.Count}]"));
        return this with
        {
            Name = $"{Name}-{rows}",
            Full = [.. Full.Skip(start)],
            Facts = Facts?.TakeLast(rows),
            Sha256 = Convert.ToHexStringLower(identity),
        };
    }

    private static FactSheet? ReadFacts(string folder, QaRow[] full)
    {
        var path = Path.Combine(folder, FactSheet.FileName);
        if (!File.Exists(path)) return null;
        var facts = FactSheet.Read(path);
        return facts.Rows.Count == full.Length && full.Length % facts.Authors.Count == 0
            ? facts
            : throw Problem.In(path, $"expected facts for the {full.Length} rows of full.json, the same number for every author, "
                + $"got {facts.Rows.Count} rows of {facts.Authors.Count} authors; the files do not belong together");
    }

    private static void Enrich(QaRow[] full, int start, IReadOnlyList<QaRow> perturbed, string path)
    {
        if (start < 0 || perturbed.Count > full.Length)
        {
            throw Problem.In(path, $"expected at most the {full.Length} rows of full.json, got {perturbed.Count}; "
                + "the files do not belong together");
        }
        foreach (var (i, row) in perturbed.Index())
        {
            var known = full[start + i];
            if ((row.Question, row.Answer) != (known.Question, known.Answer))
            {
                throw Problem.In(path, $"expected row {i} to repeat row {start + i} of full.json, {Problem.Excerpt(known.Question)}, "
                    + $"got {Problem.Excerpt(row.Question)}; the files do not belong together");
            }
            full[start + i] = row;
        }
    }
}
