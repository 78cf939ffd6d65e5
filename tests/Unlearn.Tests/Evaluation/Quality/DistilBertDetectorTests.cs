using Unlearn.Evaluation.Quality;
using Unlearn.Metrics.Quality;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models;

namespace Unlearn.Tests.Evaluation.Quality;

[NoTensorLeaks]
public sealed class DistilBertDetectorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_checkpoint_is_named_with_where_to_get_it()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => DistilBertDetector.Load(folder.Path));
        Assert.Contains(folder.Path, error.Message);
        Assert.Contains(DistilBertDetector.Checkpoint, error.Message);
        Assert.Contains("UNLEARN_GIBBERISH", error.Message);
    }

    [Fact]
    public void Scores_are_plain_PyTorchs_probabilities_of_the_class_clean()
    {
        var checkpoint = new TinyCheckpoint("distilbert");
        using var detector = DistilBertDetector.Load(checkpoint.Folder);
        var texts = checkpoint.Expected.GetProperty("texts").EnumerateArray().ToArray();

        var scores = detector.Score([.. texts.Select(text => text.GetProperty("text").GetString()!)]);

        Assert.Equal(texts.Length, scores.Count);
        foreach (var (text, score) in texts.Zip(scores)) Assert.Equal(text.GetProperty("result")[0].GetDouble(), score, 1e-6);
        Assert.False(((ICleannessScorer)detector).IsSurrogate);
    }

    [Fact]
    public void A_texts_score_does_not_depend_on_the_others()
    {
        using var detector = DistilBertDetector.Load(new TinyCheckpoint("distilbert").Folder);
        string[] texts = ["a river", "the author was born in the old town by the sea, and walked", "", "town"];

        var together = detector.Score(texts);

        foreach (var (text, score) in texts.Zip(together)) Assert.Equal(detector.Score([text])[0], score, 1e-6);
        Assert.Empty(detector.Score([]));
    }

    [Theory]
    [InlineData("""{"model_type": "llama"}""", "\"llama\""), InlineData("[]", "an object"), InlineData("{", "no JSON")]
    public void Another_model_is_refused(string configuration, string expected)
    {
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), configuration);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => DistilBertDetector.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_classifier_of_something_else_is_refused()
    {
        foreach (var file in Directory.EnumerateFiles(new TinyCheckpoint("distilbert").Folder))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        var config = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"clean\"", "\"negative\"", StringComparison.Ordinal));

        var error = Assert.Throws<InvalidDataException>(() => DistilBertDetector.Load(folder.Path));
        Assert.Contains("got negative, mild gibberish", error.Message);
    }
}
