using System.Text;
using Unlearn.Data.Hub;

namespace Unlearn.Tests.Data.Hub;

/// <summary>What names and variables mean.</summary>
public sealed class HubNamesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("org/name", "org/name", "main", "models--org--name")]
    [InlineData("gpt2", "gpt2", "main", "models--gpt2")]
    [InlineData("meta-llama/Llama-3.2-1B@refs/pr/1", "meta-llama/Llama-3.2-1B", "refs/pr/1", "models--meta-llama--Llama-3.2-1B")]
    public void A_name_may_carry_a_revision(string name, string id, string revision, string cached)
    {
        var repository = HubRepository.Model(name);

        Assert.Equal((id, revision, cached), (repository.Id, repository.Revision, repository.FolderName));
        Assert.Equal(name, repository.ToString());
    }

    [Theory]
    [InlineData(""), InlineData("a/b/c"), InlineData("../x"), InlineData("a/.."), InlineData("a/b@../../c"), InlineData("a/b@"), InlineData("a b/c")]
    [InlineData("/a"), InlineData("a/b\n"), InlineData("a--b/c"), InlineData("https://huggingface.co/a/b")]
    public void What_is_no_name_is_refused(string name) =>
        Assert.Contains("should be named like org/name", Assert.Throws<ArgumentException>(() => HubRepository.Model(name)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Addresses_are_those_of_the_hub()
    {
        Assert.Equal("api/models/org/name/revision/refs%2Fpr%2F1?blobs=true", HubRepository.Model("org/name@refs/pr/1").ListingPath);
        Assert.Equal("api/datasets/locuslab/TOFU/revision/main?blobs=true", HubRepository.Dataset("locuslab/TOFU").ListingPath);
        Assert.Equal("datasets/a/b/resolve/c/sub/odd%20%23name", HubRepository.Dataset("a/b").FilePath("c", "sub/odd #name"));
    }

    [Fact]
    public void Variables_are_those_of_Pythons_library()
    {
        File.WriteAllText(Path.Combine(folder.Path, "token"), " from-file\n");
        HubSettings Of(params (string Name, string Value)[] variables) =>
            HubSettings.From(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

        var home = Of(("HF_HOME", folder.Path));
        Assert.Equal(("https://huggingface.co/", "from-file", Path.Combine(folder.Path, "hub"), false),
            (home.Endpoint.ToString(), home.Token, home.Cache, home.Offline));
        var told = Of(("HF_HOME", folder.Path), ("HF_TOKEN", "given"), ("HF_HUB_CACHE", "/elsewhere"), ("HF_ENDPOINT", "http://mirror:8080/hub"),
            ("HF_HUB_OFFLINE", "1"));
        Assert.Equal(("http://mirror:8080/hub/", "given", "/elsewhere", true), (told.Endpoint.ToString(), told.Token, told.Cache, told.Offline));
        Assert.Equal(Path.Combine("/x", "huggingface", "hub"), Of(("XDG_CACHE_HOME", "/x")).Cache);
        Assert.Throws<ArgumentException>(() => Of(("HF_ENDPOINT", "ftp://mirror")));
    }

    [Theory]
    [InlineData("model-00001-of-00002.safetensors", true), InlineData("tokenizer.json", true), InlineData("tokenizer.model", true)]
    [InlineData("merges.txt", true), InlineData("pytorch_model.bin", false), InlineData("original/params.json", false)]
    [InlineData("consolidated.safetensors", false), InlineData("README.md", false)]
    public void A_models_files_are_weights_settings_and_tokenizer(string path, bool wanted) =>
        Assert.Equal(wanted, ModelFiles.IsWanted(path));

    [Fact]
    public void A_sharded_model_is_whole_when_its_tokenizer_and_every_shard_of_its_index_are_there()
    {
        void Put(string name, string text) => File.WriteAllBytes(Path.Combine(folder.Path, name), Encoding.UTF8.GetBytes(text));

        Put("config.json", "{}");
        Assert.False(ModelFiles.IsComplete(folder.Path));
        Put("model.safetensors.index.json", """{"weight_map":{"a":"one.safetensors","b":"two.safetensors"}}""");
        Put("one.safetensors", "");
        Assert.False(ModelFiles.IsComplete(folder.Path));
        Put("two.safetensors", "");
        Assert.False(ModelFiles.IsComplete(folder.Path));
        Put("tokenizer.json", "{}");
        Assert.True(ModelFiles.IsComplete(folder.Path));
        Put("model.safetensors.index.json", "{\"weight_map\":");
        Assert.False(ModelFiles.IsComplete(folder.Path));
    }
}
