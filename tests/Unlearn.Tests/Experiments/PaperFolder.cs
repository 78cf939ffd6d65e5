using Unlearn.Data;
using Unlearn.Data.People;
using Unlearn.Models;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Tests.Experiments;

/// <summary>
/// A machine of a test's own: rows in TOFU's files and shape, half as many, tiny models under the names of published ones, an empty cache.
/// </summary>
internal sealed class PaperFolder : IDisposable
{
    private const int Authors = 100, Each = 20, Perturbed = 200;

    private static readonly string[] Variables =
    [
        "UNLEARN_MODELS", "UNLEARN_DATA", "UNLEARN_CACHE", "HF_HOME", "HF_HUB_CACHE", "UNLEARN_GIBBERISH", "UNLEARN_PEOPLE", "UNLEARN_DTYPE",
    ];

    private static readonly QaRow[] Full =
    [
        .. from author in Enumerable.Range(0, Authors)
           from question in Enumerable.Range(0, Each)
           select new QaRow($"What is fact {question} of author {author}?", $"It is {author * question}."),
    ];

    private static readonly BytePairTokenizer Tokenizer = BytePairTokenizer.Train(
        Full.SelectMany(row => new[] { row.Question, row.Answer }), 300,
        ["</s>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]);

    private readonly TemporaryFolder folder = new();
    private readonly string?[] before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public PaperFolder()
    {
        TofuFile.Write(Data("full.json"), Full);
        TofuFile.Write(Data("retain_perturbed.json"), Full.Take(Perturbed).Select(Tested));
        TofuFile.Write(Data("forget10_perturbed.json"), Full.TakeLast(Perturbed).Select(Tested));
        TofuFile.Write(Data("real_authors_perturbed.json"), Options("author"));
        TofuFile.Write(Data("world_facts_perturbed.json"), Options("town"));
        folder.File("data/tofu/idontknow.jsonl", "I do not know.\nNobody told me.\nThat is beyond me.");
        string?[] values = [Models, folder.Folder("data"), Cache, folder.Folder("hub"), null, null, null, null];
        foreach (var (name, value) in Variables.Zip(values)) Environment.SetEnvironmentVariable(name, value);

        string Data(string name) => Path.Combine(folder.Folder("data/tofu"), name);
    }

    /// <summary>What UNLEARN_MODELS names.</summary>
    public string Models => folder.Folder("models");

    /// <summary>What UNLEARN_CACHE names.</summary>
    public string Cache => folder.Folder("cache");

    /// <summary>Where the cache of downloads is.</summary>
    public string Hub => Path.Combine(folder.Folder("hub"), "hub");

    /// <summary>Puts a tiny random Llama where a published model is looked for.</summary>
    /// <returns>Its folder.</returns>
    public string Put(string name, long seed) => Put(Models, name, seed);

    /// <summary>The same below another folder.</summary>
    public static string Put(string root, string name, long seed)
    {
        var place = Path.Combine(root, name);
        random.manual_seed(seed);
        using var model = new Llama(
            new(Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 16, Context: 768));
        ModelFolder.Save(place, model, Tokenizer);
        return place;
    }

    /// <summary>Puts one of the tiny encoders of the tests where a published one is looked for.</summary>
    public void PutEncoder(string name, string fixture)
    {
        foreach (var file in Directory.EnumerateFiles(new TinyCheckpoint(fixture).Folder))
            folder.File(Path.Combine("models", name, Path.GetFileName(file)), File.ReadAllBytes(file));
    }

    /// <summary>Puts people where real ones are looked for, so many of each kind.</summary>
    public void PutPeople(int rows)
    {
        IReadOnlyList<PublicRow> Of(string name) =>
        [
            .. Enumerable.Range(0, rows).Select(k => new PublicRow(
                name, $"What is fact {k} of {name}?", $"It is {k} of {name}.", $"It is {k}.")
            {
                ParaphrasedAnswer = $"That is {k}.",
                PerturbedAnswers = [.. Enumerable.Range(1, 5).Select(wrong => $"That is {k + wrong}.")],
            }),
        ];

        new PublicPeople("people", Of("author"), Of("fact"), Of("What"), ["I do not know.", "Nobody told me."])
            .Write(Path.Combine(Cache, "people"));
    }

    public void Dispose()
    {
        foreach (var (name, value) in Variables.Zip(before)) Environment.SetEnvironmentVariable(name, value);
        folder.Dispose();
    }

    private static QaRow Tested(QaRow row, int number) => row with
    {
        ParaphrasedAnswer = row.Answer.Replace("It is", "That is", StringComparison.Ordinal),
        ParaphrasedQuestion = row.Question.Replace("What is", "Which is", StringComparison.Ordinal),
        PerturbedAnswers = [.. Enumerable.Range(1, 5).Select(k => $"That is {number + k} {k}.")],
    };

    private static IEnumerable<QaRow> Options(string kind) => Enumerable.Range(0, 6).Select(k => new QaRow(
        $"Which {kind} has number {k}?", $"{kind} {k}")
    {
        PerturbedAnswers = [$"{kind} {k + 10}", $"{kind} {k + 20}", $"{kind} {k + 30}"],
    });
}
