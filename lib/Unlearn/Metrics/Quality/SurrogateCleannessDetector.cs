using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Metrics.Quality;

/// <summary>A small detector of damaged text that stands in, as a surrogate, for the authors' DistilBERT detector.</summary>
/// <remarks>
/// <para>
/// Logistic regression (<see cref="LogisticRegression"/>) on neighbouring words and letters (<see cref="TextFeatures"/>), trained on a
/// corpus's own clean answers and the same answers with words or letters shuffled, with words repeated, and cut. It knows the few
/// wordings of the generated world well and nothing of the language at large, so its numbers compare models of one corpus and nothing else.
/// </para>
/// <para>
/// Of every five authors one is held out to measure it (<see cref="Report"/>), then it is trained on all that it was given. The same texts
/// give the same detector everywhere. A text without a letter or digit is no answer, and not clean: 0.
/// </para>
/// </remarks>
public sealed class SurrogateCleannessDetector : ICleannessScorer
{
    private const int HeldOut = 5;
    private const double Penalty = 1e-5;

    // A word in fewer blocks than this is a name, or as good as one.
    private const int CommonFrom = 3;

    private readonly TextFeatures features;
    private readonly LogisticRegression model;

    private SurrogateCleannessDetector(TextFeatures features, LogisticRegression model, DetectorReport report) =>
        (this.features, this.model, Report) = (features, model, report);

    /// <inheritdoc/>
    public string Name => "surrogate detector";

    /// <inheritdoc/>
    public bool IsSurrogate => true;

    /// <summary>How well a detector made in the same way does on texts that it never saw.</summary>
    public DetectorReport Report { get; }

    /// <summary>Trains on everything that a corpus teaches but the rows to forget: retain rows, held-out sets and refusals.</summary>
    /// <param name="corpus">Gives the held-out sets and refusals.</param>
    /// <param name="split">Gives the retain rows. That of the largest forget set serves the smaller ones too.</param>
    public static SurrogateCleannessDetector Train(Corpus corpus, ForgetSplit split)
    {
        var forgotten = split.Forget.SelectMany(Texts).ToHashSet(StringComparer.Ordinal);
        return Train(
        [
            .. split.Retain.Chunk(corpus.RowsPerAuthor).Select(Of),
            .. corpus.RealAuthors.Concat(corpus.WorldFacts).Select(row => Of([row])),
            .. corpus.Refusals.Select(refusal => (IReadOnlyList<string>)[refusal]),
        ]);

        IReadOnlyList<string> Of(IEnumerable<QaRow> rows) => [.. rows.SelectMany(Texts).Where(text => !forgotten.Contains(text))];
        static IEnumerable<string> Texts(QaRow row) => [row.Answer, row.ReferenceAnswer];
    }

    /// <summary>Trains on clean texts and damaged copies of them.</summary>
    /// <param name="blocks">Clean texts; those of a block, such as an author's, are held out together. At least ten blocks.</param>
    /// <param name="seed">Decides how texts are damaged.</param>
    /// <exception cref="ArgumentException">There are too few blocks to hold some out.</exception>
    public static SurrogateCleannessDetector Train(IReadOnlyList<IReadOnlyList<string>> blocks, ulong seed = 0)
    {
        if (blocks.Count < 2 * HeldOut)
        {
            throw new ArgumentException(
                $"A detector needs texts of at least {2 * HeldOut} blocks, to hold some out, but got {blocks.Count}.", nameof(blocks));
        }
        var random = new SplitMix64(seed).For("text damage");
        Sample[] samples =
        [
            .. from block in blocks.Index()
               from text in block.Item.Distinct(StringComparer.Ordinal)
               from sample in Samples(block.Index, text)
               select sample,
        ];
        var (trial, among) = Fit(blocks.Where((_, block) => block % HeldOut != 0), samples.Where(sample => sample.Block % HeldOut != 0));
        var unseen = Alike([.. samples.Where(sample => sample.Block % HeldOut == 0)]);
        var report = DetectorReport.Of(
            [.. unseen.Select(sample => (sample.Sort, sample.IsClean, trial.Probability(among.Of(sample.Text)), sample.Importance))]);
        var (model, features) = Fit(blocks, samples);
        return new(features, model, report);

        IEnumerable<Sample> Samples(int block, string text)
        {
            yield return new(block, "clean", true, text);
            foreach (var (name, apply) in TextDamage.Ways)
            {
                if (apply(text, random) is { } damaged) yield return new(block, name, false, damaged);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Score(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => text.Any(char.IsLetterOrDigit) ? model.Probability(features.Of(text)) : 0)];

    // Clean texts are outnumbered by their damaged copies, and count as much as all of these.
    private static Sample[] Alike(Sample[] samples)
    {
        var clean = samples.Count(sample => sample.IsClean);
        return [.. samples.Select(sample => sample with { Importance = sample.IsClean ? 0.5 / clean : 0.5 / (samples.Length - clean) })];
    }

    private static (LogisticRegression Model, TextFeatures Features) Fit(
        IEnumerable<IReadOnlyList<string>> clean, IEnumerable<Sample> samples)
    {
        var features = new TextFeatures(TextFeatures.Common(clean, CommonFrom));
        return (LogisticRegression.Fit(
            [.. Alike([.. samples]).Select(sample => (features.Of(sample.Text), sample.IsClean, sample.Importance))],
            TextFeatures.Dimensions, Penalty), features);
    }

    private readonly record struct Sample(int Block, string Sort, bool IsClean, string Text, double Importance = 1);
}
