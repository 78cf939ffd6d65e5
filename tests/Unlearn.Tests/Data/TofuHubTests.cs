using System.Text;
using Unlearn.Data;
using Unlearn.Data.Hub;
using Unlearn.Tests.Data.Hub;

namespace Unlearn.Tests.Data;

public sealed class TofuHubTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeHub hub = new();

    public TofuHubTests()
    {
        foreach (var file in Corpus.Files)
            hub.Files[file] = Encoding.UTF8.GetBytes(IsRefusals(file) ? "No idea.\n" : "{\"question\":\"q\",\"answer\":\"a\"}\n");
    }

    public void Dispose()
    {
        hub.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void All_files_are_downloaded_once()
    {
        new TofuHub(hub.Settings("unused", "secret")).Complete(folder.Path);
        new TofuHub(hub.Settings("unused")).Complete(folder.Path);

        Assert.Equal(Corpus.Files.Select(file => $"/datasets/locuslab/TOFU/resolve/{FakeHub.Commit}/{file}"),
            hub.Downloads.Select(request => request.Split(' ')[0]));
        Assert.All(hub.Requests, request => Assert.EndsWith("Bearer secret", request, StringComparison.Ordinal));
        Assert.Equal(Corpus.Files.ToHashSet(), Names());
    }

    [Theory]
    [InlineData("<html>please sign in</html>")]
    [InlineData("")]
    public void What_is_not_the_file_is_not_kept(string text)
    {
        hub.Files["full.json"] = Encoding.UTF8.GetBytes(text);
        var error = Assert.Throws<HubException>(() => new TofuHub(hub.Settings("unused")).Complete(folder.Path));

        Assert.Contains("TOFU is not on this machine, and could not be had", error.Message, StringComparison.Ordinal);
        Assert.Contains($"into {folder.Path}, or name the folder that has them in UNLEARN_DATA", error.Message, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    [Fact]
    public void A_sign_in_page_is_not_kept_as_refusals()
    {
        hub.Files["idontknow.jsonl"] = Encoding.UTF8.GetBytes("<html>");
        Assert.Throws<HubException>(() => new TofuHub(hub.Settings("unused")).Complete(folder.Path));

        Assert.DoesNotContain("idontknow.jsonl", Names());
    }

    [Fact]
    public void A_file_that_the_hub_lacks_is_named()
    {
        hub.Files.Remove("retain_perturbed.json");
        Assert.Contains("locuslab/TOFU has no retain_perturbed.json",
            Assert.Throws<HubException>(() => new TofuHub(hub.Settings("unused")).Complete(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_network_is_reported_with_the_folder_for_the_files()
    {
        var closed = hub.Settings("unused") with { Endpoint = new Uri("http://127.0.0.1:1/") };
        Assert.Contains($"into {folder.Path}", Assert.Throws<HubException>(() => new TofuHub(closed).Complete(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    private HashSet<string> Names() => [.. Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path))];

    private static bool IsRefusals(string path) => path.EndsWith(".jsonl", StringComparison.Ordinal);
}
