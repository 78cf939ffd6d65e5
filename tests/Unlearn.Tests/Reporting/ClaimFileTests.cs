using Unlearn.Reporting;

namespace Unlearn.Tests.Reporting;

public sealed class ClaimFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-claims-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Damaged_files_are_named_with_what_is_wrong()
    {
        foreach (var text in (string[])["", "{", "{}", "[1]", "[null]", "[{\"id\":\"a\"}]", "[{\"id\":3}]"])
        {
            var path = Path.Combine(folder, "n.claims.json");
            File.WriteAllText(path, text);
            var message = Assert.Throws<InvalidDataException>(() => ClaimFile.Load(path)).Message;
            Assert.StartsWith($"{path} should hold a list of claims", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_are_read_by_name_and_keep_their_claims()
    {
        Claim claim = new("id", "A > B", "paper", "test", 0.5, null, null, 1, "mini", "not testable at this scale");
        foreach (var name in (string[])["b", "a"])
            File.WriteAllText(Path.Combine(folder, name + ".claims.json"), System.Text.Json.JsonSerializer.Serialize<Claim[]>([claim]));
        var files = ClaimFile.LoadAll(folder);
        Assert.Equal(["a", "b"], files.Select(f => f.Notebook));
        Assert.Equal(claim, Assert.Single(files[0].Claims));
    }
}
