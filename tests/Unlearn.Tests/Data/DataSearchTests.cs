using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class DataSearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> variables = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_world_is_found_above_the_folder_one_is_in()
    {
        var world = DataAt("repo/data/world");

        Assert.Equal(world, Search(folder.Folder("repo/notebooks/deep")).World());
        Assert.Equal(world, Search(folder.Folder("elsewhere"), folder.Folder("repo/lib/bin")).World());
    }

    [Fact]
    public void The_variable_wins_for_the_world()
    {
        DataAt("repo/data/world");
        variables["UNLEARN_WORLD"] = DataAt("mine");

        Assert.Equal(variables["UNLEARN_WORLD"], Search(folder.Folder("repo")).World());
    }

    [Fact]
    public void A_world_that_is_nowhere_is_reported_with_the_command_that_makes_it() =>
        Assert.Contains("'unlearn data world --out data/world'",
            Assert.Throws<DirectoryNotFoundException>(() => Search(folder.Folder("empty")).World()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_dialogues_are_found_above_the_folder_one_is_in_or_where_the_variable_says()
    {
        var (dialogues, mine) = (DialoguesAt("repo/data/dialogues"), DialoguesAt("mine"));
        Assert.Equal(dialogues, Search(folder.Folder("repo/notebooks")).Dialogues());

        variables["UNLEARN_DIALOGUES"] = mine;
        Assert.Equal(mine, Search(folder.Folder("repo")).Dialogues());

        string DialoguesAt(string path) => Path.GetDirectoryName(folder.File($"{path}/world.json", "{}"))!;
    }

    [Fact]
    public void Dialogues_that_are_nowhere_are_reported_with_the_command_that_makes_them() =>
        Assert.Contains("'unlearn data dialogues --out data/dialogues'",
            Assert.Throws<DirectoryNotFoundException>(() => Search(folder.Folder("empty")).Dialogues()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("UNLEARN_WORLD")]
    [InlineData("UNLEARN_DATA")]
    [InlineData("UNLEARN_DIALOGUES")]
    public void A_variable_that_names_no_data_is_reported(string name)
    {
        variables[name] = folder.Folder("empty");
        DataAt("repo/data/world");
        DataAt("shared/data/tofu");
        var search = Search(folder.Folder("repo"));

        var error = Assert.Throws<DirectoryNotFoundException>(() =>
            name == "UNLEARN_DATA" ? search.Tofu() : name == "UNLEARN_WORLD" ? search.World() : search.Dialogues());

        Assert.Contains($"Expected {name} to name a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TOFU_is_found_in_the_folder_that_the_variable_names_or_in_its_tofu()
    {
        var data = DataAt("data/tofu");
        variables["UNLEARN_DATA"] = Path.GetDirectoryName(data)!;
        Assert.Equal(data, Search().Tofu());

        variables["UNLEARN_DATA"] = data;
        Assert.Equal(data, Search().Tofu());
    }

    [Fact]
    public void TOFU_is_found_beside_the_repository()
    {
        var data = DataAt("shared/data/tofu");

        Assert.Equal(data, Search(folder.Folder("repo/notebooks")).Tofu());
    }

    [Fact]
    public void TOFU_is_taken_from_the_cache_when_it_is_complete()
    {
        foreach (var file in Corpus.Files) folder.File($"cache/unlearn/tofu/{file}", "x");
        variables["XDG_CACHE_HOME"] = Path.Combine(folder.Path, "cache");
        variables["HF_ENDPOINT"] = "http://127.0.0.1:1";   // nobody listens there

        Assert.Equal(Path.Combine(folder.Path, "cache", "unlearn", "tofu"), Search(folder.Folder("repo")).Tofu());
    }

    [Fact]
    public void Data_sets_have_names() =>
        Assert.Equal("Expected the data set 'world', 'tofu' or 'people', got 'mnist'. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => DataSets.Named("mnist")).Message);

    private DataSearch Search(params string[] starts) => new(variables.GetValueOrDefault, starts);

    private string DataAt(string name) => Path.GetDirectoryName(folder.File($"{name}/full.json", "x"))!;
}
