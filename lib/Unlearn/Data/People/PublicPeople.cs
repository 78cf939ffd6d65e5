using System.Text.Json;

namespace Unlearn.Data.People;

/// <summary>The real-world scenario of A Closer Look: public people of whom some are forgotten, and their neighbours.</summary>
/// <remarks>
/// Neighbours are people much like those to be forgotten. Unlearning keeps some of them; others, whom it never reads, show whether more
/// than the people to forget is lost.
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
/// <param name="Name">A short name for tables and caches.</param>
/// <param name="Forget">Rows to forget, with paraphrases and wrong answers.</param>
/// <param name="Neighbors">Rows that unlearning keeps, on other people.</param>
/// <param name="TestNeighbors">Rows on other neighbours, on whom the model is measured, with paraphrases and wrong answers.</param>
/// <param name="Refusals">Ways to say that one does not know.</param>
public sealed record PublicPeople(
    string Name, IReadOnlyList<PublicRow> Forget, IReadOnlyList<PublicRow> Neighbors, IReadOnlyList<PublicRow> TestNeighbors,
    IReadOnlyList<string> Refusals)
{
    private const string ForgetFile = "forget.json", ForgetTest = "forget_perturbed.json";
    private const string NeighborFile = "neighbor.json", NeighborTest = "neighbor_perturbed.json", RefusalFile = "idontknow.jsonl";

    /// <summary>
    /// Everything that a generated world's model is trained on, with its facts, as a corpus: what encoders, judges and embeddings are made
    /// of. Of people read from files, who are in a large model already, it has their rows and no facts. Those to forget stand last.
    /// </summary>
    public Corpus Corpus
    {
        get => field ?? new(Name, [.. TestNeighbors.Concat(Neighbors).Concat(Forget).Select(Known)], [], [], Refusals, Sha256);
        init;
    }

    /// <summary>What the model can besides; empty for people read from files.</summary>
    public IReadOnlyList<DownstreamTask> Downstream { get; init; } = [];

    /// <summary>Identity of the rows, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => DataHash.OfText(JsonSerializer.Serialize(new { Forget, Neighbors, TestNeighbors, Refusals }));

    /// <summary>What unlearning reads, long answers, and what evaluation does, short ones.</summary>
    public ForgetSplit Split => new(
        Percent: (int)Math.Round(100.0 * Forget.Count / Corpus.Full.Count),
        [.. Forget.Select(row => row.Training)], [.. Neighbors.Select(row => row.Training)],
        [.. Forget.Select(row => row.Evaluated)], [.. TestNeighbors.Select(row => row.Evaluated)]);

    /// <summary>Reads a folder with the authors' four files and their refusals.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the evaluated rows to forget are others than the trained ones.</exception>
    public static PublicPeople Load(string folder)
    {
        IReadOnlyList<PublicRow> Rows(string name) => PublicFile.Read(Path.Combine(folder, name));

        var (trained, evaluated) = (Rows(ForgetFile), Rows(ForgetTest));
        if (!trained.Select(Text).SequenceEqual(evaluated.Select(Text)))
        {
            throw Problem.In(Path.Combine(folder, ForgetTest),
                $"expected the {trained.Count} rows of {ForgetFile} in their order, got others; the files do not belong together");
        }
        var test = Rows(NeighborTest);
        foreach (var (rows, name) in new[] { (evaluated, ForgetTest), (test, NeighborTest) })
        {
            if (rows.Index().FirstOrDefault(row => row.Item.PerturbedAnswers.Count == 0) is not { Item: not null, Index: var bare }) continue;
            throw Problem.In(Path.Combine(folder, name), $"expected wrong answers (perturbed_answer) in every row, got none in row {bare}");
        }
        return new(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), evaluated, Rows(NeighborFile), test,
            RefusalLines.Read(Path.Combine(folder, RefusalFile)));

        static (string, string, string) Text(PublicRow row) => (row.Question, row.Answer, row.GoldenAnswer);
    }

    /// <summary>Writes the files that <see cref="Load"/> reads.</summary>
    /// <param name="folder">The folder; made where needed.</param>
    public void Write(string folder)
    {
        PublicFile.Write(Path.Combine(folder, ForgetFile), Forget.Select(Bare));
        PublicFile.Write(Path.Combine(folder, ForgetTest), Forget);
        PublicFile.Write(Path.Combine(folder, NeighborFile), Neighbors.Select(Bare));
        PublicFile.Write(Path.Combine(folder, NeighborTest), TestNeighbors);
        WholeFile.Write(Path.Combine(folder, RefusalFile), string.Concat(Refusals.Select(line => line + "\n")));
    }

    /// <summary>A row as the model learns it, with every other text that it may be asked about.</summary>
    internal static QaRow Known(PublicRow row) => row.Training with
    {
        ParaphrasedAnswer = row.ParaphrasedAnswer,
        ParaphrasedQuestion = row.ParaphrasedQuestion,
        PerturbedAnswers = [.. row.PerturbedAnswers],
    };

    private static PublicRow Bare(PublicRow row) => new(row.Name, row.Question, row.Answer, row.GoldenAnswer);
}
