using Unlearn.Data.Hub;

namespace Unlearn.Tests.Data.Hub;

public sealed class LocalModelsTests : IDisposable
{
    private const string Name = "org/name", Commit = "0123456789abcdef";
    private const string Config = "config.json", Words = "vocab.txt", Weights = "model.safetensors";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> variables = [];

    public LocalModelsTests()
    {
        variables["UNLEARN_MODELS"] = Path.Combine(folder.Path, "hand");
        variables["HF_HOME"] = Path.Combine(folder.Path, "home");
    }

    public void Dispose() => folder.Dispose();

    private string? Find(string name = Name) => LocalModels.Find(name, variables.GetValueOrDefault);

    private string Message(params string[] names) => Assert.Throws<DirectoryNotFoundException>(
        () => LocalModels.Require(names, "The model", variables.GetValueOrDefault)).Message;

    private void Download()
    {
        folder.File("home/hub/models--org--name/refs/main", Commit);
        foreach (var file in (string[])[Config, Words, Weights]) folder.File($"home/hub/models--org--name/snapshots/{Commit}/{file}", "{}");
    }

    [Fact]
    public void A_folder_filled_by_hand_comes_before_a_download()
    {
        Assert.Null(Find());
        Download();
        Assert.Equal(Path.Combine(folder.Path, "home/hub/models--org--name/snapshots", Commit), Find());
        foreach (var file in (string[])[Config, Words, Weights]) folder.File($"hand/org/name/{file}", "{}");
        Assert.Equal(Path.Combine(folder.Path, "hand/org/name"), Find());

        variables.Remove("UNLEARN_MODELS");
        Assert.Equal(Path.Combine(folder.Path, "home/hub/models--org--name/snapshots", Commit), Find());
    }

    [Theory, InlineData(Config), InlineData(Words), InlineData(Weights)]
    public void A_folder_that_lacks_a_file_is_no_model_and_is_told(string missing)
    {
        foreach (var file in ((string[])[Config, Words, Weights]).Where(file => file != missing))
            folder.File($"hand/org/name/{file}", "{}");

        Assert.Null(Find());
        Assert.Contains($"{Path.Combine(folder.Path, "hand/org/name")} is there but lacks", Message(Name), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_model_that_is_there_is_taken()
    {
        Download();

        Assert.Equal(Find(), LocalModels.Require(["org/other", Name], "The model", variables.GetValueOrDefault));
    }

    [Fact]
    public void Without_a_folder_of_ones_own_the_message_names_the_variable()
    {
        variables.Remove("UNLEARN_MODELS");

        var message = Message("org/first", Name);

        Assert.StartsWith("The model should be org/first or org/name", message, StringComparison.Ordinal);
        Assert.Contains("name that folder in UNLEARN_MODELS", message, StringComparison.Ordinal);
        Assert.Contains("unlearn get model org/first", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_leaves_its_folder_is_refused() => Assert.Throws<ArgumentException>(() => Find("../name"));
}
