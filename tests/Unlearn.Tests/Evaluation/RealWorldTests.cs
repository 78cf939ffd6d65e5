using Unlearn.Data;
using Unlearn.Data.People;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Evaluation;

[NoTensorLeaks]
public sealed class RealWorldTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly Evaluator Evaluator = new(Birthplaces.Encoder);

    private static readonly DownstreamTask[] Suite =
    [
        new("choice", DownstreamScoring.MultipleChoice, Birthplaces.Rows), new("exact", DownstreamScoring.ExactMatch, Birthplaces.Rows),
    ];

    [Fact]
    public void A_model_that_knows_its_rows_is_right_in_both_ways_and_one_that_does_not_is_not()
    {
        using var fresh = Birthplaces.Untrained(5);
        var (known, unknown) = (DownstreamEvaluation.Run(Evaluator, trained.Model, Suite), DownstreamEvaluation.Run(Evaluator, fresh, Suite));

        Assert.Equal([1.0, 1.0], known.Tasks.Select(task => task.Value));
        Assert.Equal(["choice", "exact"], known.Tasks.Select(task => task.Name));
        Assert.Equal(0, unknown.Tasks[1].Value);
        Assert.InRange(unknown.Tasks[0].Value, 0, 0.8);
        Assert.Equal(unknown.Tasks.Average(task => task.Value), unknown.Average);
    }

    // Half of the rows have other truths than the model learned.
    [Fact]
    public void A_share_of_right_answers_is_the_accuracy()
    {
        QaRow[] rows = [.. Birthplaces.Rows.Select((row, i) => i % 2 == 0 ? row
            : row with { Answer = row.PerturbedAnswers[0], PerturbedAnswers = [row.Answer, row.PerturbedAnswers[1]] })];
        var result = DownstreamEvaluation.Run(Evaluator, trained.Model, [.. Suite.Select(task => task with { Rows = rows })]);

        Assert.Equal([0.5, 0.5], result.Tasks.Select(task => task.Value));
        Assert.Equal([1.0, 0, 1, 0], result.Tasks[0].PerItem.Take(4));
    }

    [Fact]
    public void People_are_evaluated_on_short_answers_and_compared_in_meaning_with_long_ones()
    {
        var people = PublicPeopleGenerator.Generate();
        var encoder = RowEncoder.Train(people.Corpus, 320);
        random.manual_seed(2);
        using var model = new Llama(new(encoder.Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 16,
            Context: 200));

        var results = new Evaluator(encoder).Run(model, EvaluationSet.RealWorld(people, limit: 3));
        var report = CloserLookReport.Of(MeaningMeasures.Surrogates(people.Corpus, encoder.Tokenizer).With(new ModelEvaluation(results)));

        Assert.Equal(["neighbours", "people to forget"], report.Sets.Select(set => set.Set));
        Assert.Equal([3, 3], report.Sets.Select(set => set.Rows));
        Assert.NotNull(report.ForgetEfficacy);
        Assert.NotNull(report.ModelUtility);
        Assert.Equal(report.ModelUtility, report.RetainUtility);
        Assert.Equal(people.Forget[0].Answer, results[0].Rows[0].Text!.Original);
        Assert.Equal(people.Forget[0].GoldenAnswer, results[0].Rows[0].Text!.Truth);
    }
}
