using Unlearn.Models;
using Unlearn.Scoring;
using Unlearn.Tests.Data;
using Unlearn.Training;

namespace Unlearn.Tests.Training;

[NoTensorLeaks]
public sealed class ReferenceCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Numbers_are_read_back_bit_for_bit_and_kept_apart_by_rows()
    {
        using var model = Birthplaces.Untrained(1);
        var expected = AnswerScorer.Score(model, Birthplaces.Encoded);

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(expected, Score(model));
            Assert.Equal(expected[..3], ReferenceCache.Score(folder.Path, model, Birthplaces.Encoded[..3], notes.Add));
        }
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
        Assert.Empty(notes);
    }

    // A file whose numbers were changed together with its digest shows that the second call reads and does not compute.
    [Fact]
    public void The_second_time_nothing_is_computed()
    {
        using var model = Birthplaces.Untrained(1);
        _ = Score(model);
        var path = Directory.EnumerateFiles(folder.Path).Single();
        using (TorchSharp.torch.NewDisposeScope())
        {
            var (tensors, texts) = SafeTensors.Read(path);
            tensors["log_probabilities"].fill_(7);
            SafeTensors.Write(path, tensors, texts);
        }
        Assert.All(Score(model), value => Assert.Equal(7, value));
    }

    [Fact]
    public void Numbers_of_other_weights_are_refused_with_a_note_and_replaced()
    {
        using var first = Birthplaces.Untrained(1);
        using var second = Birthplaces.Untrained(2);
        _ = Score(first);

        Assert.Equal(AnswerScorer.Score(second, Birthplaces.Encoded), Score(second));
        Assert.Contains("of another model", Assert.Single(notes), StringComparison.Ordinal);
        _ = Score(second);
        Assert.Single(notes);
    }

    [Fact]
    public void A_damaged_file_is_computed_anew_with_a_note()
    {
        using var model = Birthplaces.Untrained(1);
        var expected = Score(model);
        var path = Directory.EnumerateFiles(folder.Path).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);

        Assert.Equal(expected, Score(model));
        Assert.Contains("damaged", Assert.Single(notes), StringComparison.Ordinal);
    }

    private double[] Score(Llama model) => ReferenceCache.Score(folder.Path, model, Birthplaces.Encoded, notes.Add);
}
