using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Metrics;
using Unlearn.Scoring;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Evaluation;

[NoTensorLeaks]
public sealed class EvaluatorTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly Evaluator Evaluator = new(Birthplaces.Encoder, new AnswerLimit(24));

    [Fact]
    public void A_model_that_knows_its_rows_scores_near_one_on_everything()
    {
        var result = Evaluator.Run(trained.Model, new EvaluationSet(EvaluationTask.Retain, Birthplaces.Rows));

        Assert.Equal(1, result.Rouge.Value);
        Assert.InRange(result.Probability.Value, 0.95, 1);
        Assert.Equal(Birthplaces.Rows.Select(row => row.Answer), result.Answers);
        Assert.Equal("retain", result.Task.Name);
    }

    // Every token about equally likely: the probability per token is 1 / V, true and wrong answers look alike.
    [Fact]
    public void An_untrained_model_finds_truth_and_untruth_alike()
    {
        using var model = Birthplaces.Untrained();
        var others = Evaluator.Run(model, new EvaluationSet(EvaluationTask.Retain, Birthplaces.Rows));
        var forget = Evaluator.Run(model, new EvaluationSet(EvaluationTask.Forget, Birthplaces.Rows));
        var choice = Evaluator.Run(model, new EvaluationSet(EvaluationTask.RealAuthors, Birthplaces.Rows));

        Assert.InRange(others.Rouge.Value, 0, 0.3);
        Assert.InRange(others.Probability.Value * model.Vocabulary, 0.8, 1.25);
        Assert.InRange(others.TruthRatio.Value, 0, 0.1);
        Assert.InRange(forget.TruthRatio.Value, 0.9, 1);
        Assert.InRange(choice.Probability.Value, 0.23, 0.27);      // one right answer beside three wrong ones
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void Each_set_is_measured_by_its_own_formulas(bool toForget, bool multipleChoice)
    {
        // Two rows of another number of wrong answers, one of them without a paraphrase, so that a mix-up of rows shows.
        QaRow[] rows =
        [
            Birthplaces.Rows[4], Birthplaces.Rows[0] with { ParaphrasedAnswer = null, PerturbedAnswers = ["No.", "Ada was born in Oslo."] },
            Birthplaces.Rows[7] with { PerturbedAnswers = ["Hal was born in Rome."] },
        ];
        double Loss(QaRow row, string answer)
        {
            var encoded = Birthplaces.Encoder.Encode(row.Question, answer);
            return -AnswerScorer.Score(trained.Model, [encoded])[0] / encoded.AnswerLength;
        }
        double[] truth = [.. rows.Select(row => Loss(row, row.Answer))];
        double[] reference = [.. rows.Select(row => Loss(row, row.ReferenceAnswer))];
        double[][] wrong = [.. rows.Select(row => row.PerturbedAnswers.Select(answer => Loss(row, answer)).ToArray())];

        var result = Evaluator.Run(trained.Model, new EvaluationSet(new("some", "some.json", toForget, multipleChoice), rows));

        Same(multipleChoice ? Probability.MeasureNormalized(truth, wrong) : Probability.Measure(truth), result.Probability);
        Same(toForget ? TruthRatio.MeasureForget(reference, wrong) : TruthRatio.MeasureOthers(reference, wrong), result.TruthRatio);
    }

    [Fact]
    public void Several_sets_come_in_their_order()
    {
        var results = Evaluator.Run(
            trained.Model, [new(EvaluationTask.WorldFacts, Birthplaces.Rows[..1]), new(EvaluationTask.Forget, Birthplaces.Rows[1..2])]);

        Assert.Equal(["world facts", "forget"], results.Select(result => result.Task.Name));
    }

    // What an answer of the tree foretells is not decoded; the text must be what decoding gives.
    [Theory, InlineData(24, null), InlineData(3, null), InlineData(1, null), InlineData(24, 20), InlineData(4, 13), InlineData(24, 1)]
    public void Generated_answers_are_those_of_greedy_decoding(int limit, int? total)
    {
        using var untrained = Birthplaces.Untrained();
        var evaluator = new Evaluator(Birthplaces.Encoder, new(limit, total));
        foreach (var model in new[] { trained.Model, untrained })
        {
            // Without the true answer in the tree, decoding has to go on from a wrong one.
            QaRow[] rows = [.. Birthplaces.Rows, .. Birthplaces.Rows.Select(row => row with
            {
                Question = row.Question + " Tell me.", Answer = row.PerturbedAnswers[0], ParaphrasedAnswer = null,
            })];
            var result = evaluator.Run(model, new EvaluationSet(EvaluationTask.Retain, rows));
            Assert.Equal(evaluator.Answers(model, rows.Select(row => row.Question)), result.Answers);
        }
    }

    // The longer a question, the less room its answer has; others beside it take none.
    [Fact]
    public void Question_and_answer_together_have_at_most_so_many_tokens()
    {
        var both = Birthplaces.Rows[0].Question + " " + Birthplaces.Rows[1].Question;
        string[] questions = [.. Birthplaces.Rows.Select(row => row.Question), both];
        int[] prompts = [.. questions.Select(question => Birthplaces.Encoder.Prompt(question).Length)];
        var total = prompts.Min() + 3;
        string[] whole = [.. Evaluator.Answers(trained.Model, questions)];

        var answers = new Evaluator(Birthplaces.Encoder, new(24, total)).Answers(trained.Model, questions);

        Assert.True(prompts.Distinct().Count() > 1 && prompts.Max() > total);
        foreach (var (k, answer) in answers.Index())
        {
            var tokens = Birthplaces.Encoder.Tokenizer.Encode(answer);
            Assert.InRange(tokens.Length, 1, Math.Max(1, total - prompts[k]));
            Assert.StartsWith(answer, whole[k], StringComparison.Ordinal);
        }
        Assert.NotEqual(whole, answers);
    }

    [Fact]
    public void Sets_that_share_a_pass_have_the_results_of_their_own()
    {
        EvaluationSet[] sets = [new(EvaluationTask.Retain, Birthplaces.Rows[..9]), new(EvaluationTask.Forget, Birthplaces.Rows[5..])];
        foreach (var (set, shared) in sets.Zip(Evaluator.Run(trained.Model, sets)))
        {
            var alone = Evaluator.Run(trained.Model, set);
            Same(alone.Probability, shared.Probability);
            Same(alone.TruthRatio, shared.TruthRatio);
            Assert.Equal(alone.Answers.AsEnumerable(), shared.Answers);
        }
    }

    [Fact]
    public void A_cancelled_evaluation_ends_at_once() => Assert.Throws<OperationCanceledException>(() => Evaluator.Run(
        trained.Model, [new(EvaluationTask.Retain, Birthplaces.Rows)], cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Rows_without_perturbed_answers_are_refused_by_set_and_question()
    {
        var set = new EvaluationSet(new("bare", "bare.json"), [Birthplaces.Rows[0], new("Where is Bo?", "Here.")]);

        Assert.StartsWith("Every row of \"bare\" should have perturbed answers, but \"Where is Bo?\" has none.",
            Assert.Throws<ArgumentException>(() => Evaluator.Run(trained.Model, set)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_four_sets_of_an_evaluation_are_marked_as_TOFU_measures_them()
    {
        var rows = Birthplaces.Rows;
        var corpus = new Corpus("birthplaces", rows, rows[..5], rows[5..9], [], Sha256: "");
        var sets = EvaluationSet.All(corpus, Birthplaces.Split, limit: 4);

        Assert.Equal(
            [("forget", 3, true, false), ("retain", 4, false, false), ("real authors", 4, false, true), ("world facts", 4, false, true)],
            sets.Select(set => (set.Task.Name, set.Rows.Count, set.Task.ToForget, set.Task.MultipleChoice)));
        Assert.Equal(rows[9..], sets[0].Rows);
        Assert.Equal(rows[..4], sets[1].Rows);
    }

    private static void Same(Measurement expected, Measurement actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Value, actual.Value, 1e-5);
        foreach (var (one, other) in expected.PerItem.Zip(actual.PerItem)) Assert.Equal(one, other, 1e-5);
    }
}
