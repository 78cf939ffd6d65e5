using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Experiments;

[NoTensorLeaks]
public sealed class TrialMeasurementTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly Corpus Corpus =
        new("birthplaces", Birthplaces.Rows, Birthplaces.Rows[..5], Birthplaces.Rows[5..9], [], Sha256: "");

    // The model knows its rows, so that an answer with room for it and its end is the row's own.
    [Theory]
    [InlineData(null), InlineData(12), InlineData(13), InlineData(14), InlineData(15), InlineData(16), InlineData(17), InlineData(200)]
    public void An_answer_is_scored_with_its_end_where_the_limit_left_room_for_one(int? total)
    {
        var limit = new AnswerLimit(20, total);
        var full = new StoredModel(trained.Model, Birthplaces.Encoder, "trained");
        var measure = new TrialMeasurement(new Limited(limit), Birthplaces.Split with { Percent = 10 }, full, trained.Model, limit: 3);

        var responses = measure.Responses(trained.Model, new TrialSpec("world", 10, "GA", 1e-3));

        foreach (var (row, response) in Birthplaces.Split.Forget.Zip(responses))
        {
            var encoded = Birthplaces.Encoder.Encode(row);
            var room = limit.After(encoded.PromptLength);
            Assert.Equal(Math.Min(encoded.AnswerLength, room), response.Tokens);
            Assert.Equal(encoded.AnswerLength <= room + 1, response.Answer == row.Answer);
        }
    }

    private sealed record Limited(AnswerLimit AnswerLimit) : IExperimentScale
    {
        public Corpus Corpus => TrialMeasurementTests.Corpus;

        public string NameOf(int withoutPercent) => throw new NotSupportedException("Measuring needs no names.");

        public StoredModel Obtain(ModelStore models, int withoutPercent, Action<string>? tell) =>
            throw new NotSupportedException("Measuring is given its models.");
    }
}
