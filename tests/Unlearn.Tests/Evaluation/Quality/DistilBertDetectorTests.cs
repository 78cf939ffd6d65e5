using Unlearn.Evaluation.Quality;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Evaluation.Quality;

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
    public void A_checkpoint_that_is_there_is_refused_by_the_name_of_what_is_missing() =>
        Assert.Contains("no DistilBERT", Assert.Throws<NotSupportedException>(() => Load("""{"model_type": "distilbert"}""")).Message);

    [Theory]
    [InlineData("""{"model_type": "llama"}""", "got \"llama\""), InlineData("[]", "got \"\""), InlineData("{", "no JSON")]
    public void Another_model_is_refused(string configuration, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Load(configuration)).Message);

    private void Load(string configuration)
    {
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), configuration);
        DistilBertDetector.Load(folder.Path);
    }
}
