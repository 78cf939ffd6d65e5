using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Metrics.Quality;
using Unlearn.Tests.Data;
using Xunit.Abstractions;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class SurrogateCleannessDetectorTests(ITestOutputHelper output)
{
    private static readonly Corpus World = Corpus.Load(TestData.World);
    private static readonly ForgetSplit Split = World.Split(10);
    private static readonly Lazy<SurrogateCleannessDetector> Shared = new(() => SurrogateCleannessDetector.Train(World, Split));

    private static SurrogateCleannessDetector Detector => Shared.Value;

    [Fact]
    public void It_tells_clean_from_damaged_texts_of_authors_that_it_never_saw()
    {
        var report = Detector.Report;
        output.WriteLine($"{report} {string.Join(", ", report.AccuracyBySort)}");

        Assert.True(report.Texts > 500);
        Assert.True(report.Accuracy > 0.95);
        Assert.True(report.Brier < 0.04);
        Assert.True(report.CalibrationError < 0.05);
        Assert.Equal(
            ["clean", "cut", "repeated", "shuffled letters", "shuffled words"], report.AccuracyBySort.Select(sort => sort.Sort).Order());
        Assert.All(report.AccuracyBySort, sort => Assert.True(sort.Accuracy > 0.9));
    }

    // The forgotten authors' answers, which it has not read, and the ways in which models break.
    [Fact]
    public void Answers_to_forget_are_clean_and_their_damaged_copies_are_not()
    {
        var random = new SplitMix64(11);
        string[] answers = [.. Split.Forget.Select(row => row.Answer)];
        Assert.True(Detector.Score(answers).Average() > 0.9);
        Assert.True(Detector.Score([.. Split.Forget.SelectMany(row => row.PerturbedAnswers)]).Average() > 0.9);
        foreach (var (_, apply) in TextDamage.Ways)
            Assert.True(Detector.Score([.. answers.Select(answer => apply(answer, random)).OfType<string>()]).Average() < 0.2);
    }

    [Fact]
    public void Refusals_are_clean_and_what_collapsed_models_say_is_not()
    {
        Assert.True(Detector.Score([.. World.Refusals]).Average() > 0.9);
        Assert.All(
            Detector.Score(
            [
                "", ".", "...............", "the the the the the the the", "of of a a , , , . . Thorn Thorn", "stad stad stad stad born born 'The",
            ]),
            score => Assert.InRange(score, 0, 0.5));
    }

    [Fact]
    public void A_texts_score_depends_on_no_other_text_and_is_a_probability()
    {
        string[] texts = [.. World.Full.Take(50).Select(row => row.Answer), "", "\ud800", new string('x', 100_000)];
        var scores = Detector.Score(texts);

        Assert.All(scores, score => Assert.InRange(score, 0, 1));
        Assert.Equal(scores.Reverse(), Detector.Score([.. texts.Reverse()]));
        Assert.Empty(Detector.Score([]));
    }

    [Fact]
    public void Nothing_of_the_rows_to_forget_enters_it()
    {
        var other = World with
        {
            Full =
            [
                .. Split.Retain,
                .. Split.Forget.Select(row => new QaRow(row.Question, "other other other") { ParaphrasedAnswer = "words" }),
            ],
        };
        string[] texts = [.. Split.ForgetPerturbed.Take(20).SelectMany(row => row.PerturbedAnswers)];
        Assert.Equal(Detector.Score(texts), SurrogateCleannessDetector.Train(other, other.Split(10)).Score(texts));
    }

    [Fact]
    public void It_says_that_it_is_a_surrogate()
    {
        Assert.True(Detector.IsSurrogate);
        Assert.Contains("surrogate", Detector.Name);
    }

    [Fact]
    public void A_handful_of_texts_is_too_little() =>
        Assert.Contains("at least 10 blocks",
            Assert.Throws<ArgumentException>(() => SurrogateCleannessDetector.Train([["one"], ["two"]])).Message);
}
