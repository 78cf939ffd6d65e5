using Unlearn.Data;
using Unlearn.Evaluation.Quality;
using Unlearn.Experiments;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models;

namespace Unlearn.Tests.Experiments;

public sealed class ResponseStudyTests
{
    private static readonly Lazy<ResponseStudy> Shared = new(() => new(Corpus.Load(TestData.World)));
    private static readonly QaRow[] Rows = [.. Corpus.Load(TestData.World).Split(10).Forget];

    /// <summary>One study for all tests: it trains a detector.</summary>
    internal static ResponseStudy Study => Shared.Value;

    /// <summary>A result whose model answers as a function of the row says.</summary>
    internal static TrialResult Answering(TrialSpec spec, Func<QaRow, string> answer, int repeats = 0, double loss = 1) =>
        Results.Of(spec, (0.5, -1)) with
        {
            Responses =
            [
                .. Rows.Select(row => new TrialResponse(
                    row.Question, answer(row), loss, 10, repeats == 0 ? null : [.. Enumerable.Repeat(answer(row), repeats)])),
            ],
        };

    internal static TrialSpec Spec(string method, int percent = 10, long seed = 0, int k = 5, int? warmUp = null) =>
        new("world", percent, method, 1e-3, MeasureEvery: 2, Seed: seed, AltPo: new(k, WarmUpSteps: warmUp));

    [Fact]
    public void Answers_of_a_model_are_compared_with_those_of_the_retrained_one_of_its_seed_and_set()
    {
        var measured = Study.Of(
        [
            Answering(Spec("AltPO"), row => row.PerturbedAnswers[0]), Answering(Spec("GA"), _ => "of of of of"),
            Answering(Spec("Retrained"), row => row.PerturbedAnswers[1]), Answering(Spec("AltPO", seed: 1), row => row.Answer),
            Answering(Spec("AltPO", percent: 5), row => row.Answer),
        ]);

        Assert.Equal([1, 0, 1, 1, 1], measured.Select(each => each.Consistency));
        Assert.Equal([0, 0, 0, 1, 1], measured.Select(each => each.Truths));
        Assert.Equal([true, true, true, false, false], measured.Select(each => each.LogIndistinguishability is not null));
        Assert.Equal(0, measured[2].LogIndistinguishability);
        Assert.True(measured[0].LogIndistinguishability > Math.Log10(0.05));
        Assert.True(measured[1].LogIndistinguishability < -40);
        Assert.True(measured[1].Cleanness < 0.1 && measured[0].Cleanness > 0.9);
        Assert.Equal(Math.Exp(-0.1), measured[0].Confidence, tolerance: 1e-12);
    }

    [Fact]
    public void Diversity_is_measured_where_repeats_were_kept()
    {
        var measured = Study.Of([Answering(Spec("AltPO"), row => row.Answer, repeats: 3), Answering(Spec("GA"), row => row.Answer)]);
        Assert.Equal((1, 2.0 / 3), (measured[0].Quality.Diversity!.PairwiseRougeL.Value, measured[0].Quality.Diversity!.Duplicates));
        Assert.Null(measured[1].Quality.Diversity);
    }

    [Fact]
    public void Results_without_answers_are_left_out() => Assert.Empty(Study.Of([Results.Of(Results.Spec("NPO"), (0.5, -1))]));

    [Fact]
    public void A_world_without_facts_cannot_be_studied() =>
        Assert.Throws<ArgumentException>(() => new ResponseStudy(Corpus.Load(TestData.World) with { Facts = null }));

    [Fact]
    public void The_detector_names_itself_a_surrogate() =>
        Assert.Contains("surrogate", Study.Of([Answering(Spec("GA"), _ => "x")])[0].Quality.Scorer);

    [Fact]
    public void Another_detector_takes_the_surrogates_place_and_is_named()
    {
        using var detector = DistilBertDetector.Load(new TinyCheckpoint("distilbert").Folder);
        var quality = new ResponseStudy(Corpus.Load(TestData.World), detector).Of([Answering(Spec("GA"), _ => "a river")])[0].Quality;

        Assert.Equal("DistilBERT gibberish detector", quality.Scorer);
        Assert.Equal(detector.Score(["a river"])[0], quality.Cleanness.Value, 1e-6);
    }

    // Every sentence of the world's wordings on somebody unknown is clean: the detector does not take a strange name for gibberish.
    [Fact]
    public void Alternates_that_are_well_formed_are_clean()
    {
        var lessons = Rows.SelectMany(row => row.PerturbedAnswers).ToArray();
        Assert.True(Study.Detector.Score(lessons).Count(score => score > 0.5) > 0.97 * lessons.Length);
    }
}
