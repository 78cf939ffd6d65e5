using Unlearn.Evaluation.Quality;
using Unlearn.Metrics.Quality;
using Unlearn.Tests.Data;
using Unlearn.Tests.Experiments;
using Unlearn.Tests.Models;
using static TorchSharp.torch;

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
        Assert.Contains($"unlearn get model {DistilBertDetector.Checkpoint}", error.Message);
    }

    [Fact]
    public void The_folder_that_is_named_counts_alone_and_the_caches_before_the_hubs_models()
    {
        using var machine = new PaperFolder();
        var cached = Path.Combine(machine.Cache, "gibberish-detector");
        Assert.Equal((cached, false), (DistilBertDetector.Folder, DistilBertDetector.IsThere));

        machine.PutEncoder(DistilBertDetector.Checkpoint, "distilbert");
        var byHand = Path.Combine(machine.Models, DistilBertDetector.Checkpoint);
        Assert.Equal((byHand, true), (DistilBertDetector.Folder, DistilBertDetector.IsThere));
        using (var found = DistilBertDetector.Load()) Assert.Single(found.Score(["a river"]));

        Directory.CreateDirectory(cached);
        Assert.NotEqual(cached, DistilBertDetector.Folder);
        File.WriteAllText(Path.Combine(cached, "config.json"), "{}");
        Assert.Equal((cached, true), (DistilBertDetector.Folder, DistilBertDetector.IsThere));

        Environment.SetEnvironmentVariable("UNLEARN_GIBBERISH", folder.Path);
        Assert.Equal((folder.Path, false), (DistilBertDetector.Folder, DistilBertDetector.IsThere));
        Assert.Contains(folder.Path, Assert.Throws<DirectoryNotFoundException>(() => DistilBertDetector.Load()).Message);
    }

    // A number in bfloat16 is the upper half of one in float32.
    [Fact]
    public void In_bfloat16_scores_have_its_few_digits()
    {
        var checkpoint = new TinyCheckpoint("distilbert");
        string[] texts = ["a river", "the author was born in the old town by the sea, and walked", "", "town"];
        using var full = DistilBertDetector.Load(checkpoint.Folder);
        using var half = DistilBertDetector.Load(checkpoint.Folder, type: ScalarType.BFloat16);

        var (expected, scores) = (full.Score(texts), half.Score(texts));

        foreach (var (one, other) in expected.Zip(scores)) Assert.Equal(one, other, 0.02);
        Assert.All(scores, score => Assert.Equal(0u, LowerHalf(score)));
        Assert.Contains(expected, score => LowerHalf(score) != 0);
        Assert.Empty(half.Score([]));

        static uint LowerHalf(double score) => BitConverter.SingleToUInt32Bits((float)score) & 0xFFFF;
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
