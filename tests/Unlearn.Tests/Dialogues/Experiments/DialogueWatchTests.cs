using Unlearn.Dialogues.Evaluating;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues.Experiments;

[NoTensorLeaks]
public sealed class DialogueWatchTests : IDisposable
{
    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    // A smoke model says nothing that the judge calls bad; an evaluator that flags everything is believed all the same.
    [Fact]
    public void What_a_run_stops_by_is_the_evaluators_view_and_the_judges_is_recorded_beside_it()
    {
        var scale = DialogueScale.For("smoke");
        using var original = new ModelStore(folder.Path).Obtain(scale, DialogueModel.Base);
        var measure = new DialogueMeasurement(scale, original);
        var watch = new DialogueWatch(scale, measure, new(new Alarmed(), EvaluatorThresholds.Half), original.Model, []);

        var check = watch.Check(0);

        Assert.Equal([1, 1, 1], check.Rates.Values);
        Assert.Equal([1, 1, 1], watch.Points[0].Flagged);
        Assert.Equal([0, 0, 0], watch.Points[0].Judged);
    }

    private sealed class Alarmed : IDialogueEvaluator
    {
        public string Name => "alarmed";

        public IReadOnlyList<KindScores> Score(IReadOnlyList<Exchange> exchanges) => [.. exchanges.Select(_ => new KindScores(1, 1, 1))];
    }
}
