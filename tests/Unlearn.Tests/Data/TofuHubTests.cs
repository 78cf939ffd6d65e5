using System.Text;
using Unlearn.Data;
using Unlearn.Data.Hub;
using Unlearn.Tests.Data.Hub;

namespace Unlearn.Tests.Data;

/// <summary>TOFU from a hub that breaks off, sends something else or is not there: the folder gets whole files or none.</summary>
public sealed class TofuHubTests : IDisposable
{
    private static readonly string Row = RowOf("full.json");

    private readonly TemporaryFolder folder = new();
    private readonly FakeHub hub = new();

    public TofuHubTests()
    {
        foreach (var file in Corpus.Files)
            hub.Files[file] = Encoding.UTF8.GetBytes(IsRefusals(file) ? "No idea.\n" : RowOf(file));
    }

    public void Dispose()
    {
        hub.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task All_files_are_downloaded_once()
    {
        await Complete(hub.Settings(Cache, "secret"));
        await Complete();

        Assert.Equal(Corpus.Files.Select(file => $"/datasets/locuslab/TOFU/resolve/{FakeHub.Commit}/{file}").ToHashSet(),
            hub.Downloads.Select(request => request.Split(' ')[0]).ToHashSet());
        Assert.Equal(Corpus.Files.Count, hub.Downloads.Length);
        Assert.All(hub.Requests, request => Assert.EndsWith("Bearer secret", request, StringComparison.Ordinal));
        Assert.Equal(Corpus.Files.ToHashSet(), Names());
        Assert.All(Directory.GetFiles(Out), path => Assert.Null(new FileInfo(path).LinkTarget));
    }

    [Fact]
    public async Task Only_what_the_folder_lacks_is_downloaded()
    {
        folder.File("tofu/full.json", "by hand");
        await Complete();

        Assert.Equal("by hand", File.ReadAllText(Path.Combine(Out, "full.json")));
        Assert.DoesNotContain(hub.Downloads, request => request.Contains("/full.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_download_that_breaks_off_leaves_nothing_in_the_folder_and_goes_on_with_the_parts_that_are_missing()
    {
        hub.Files["full.json"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Row, 100)));
        var settings = hub.Settings(Cache) with { Connections = 1, Attempts = 1 };
        hub.Instead = context =>
        {
            if (context.Request.Headers["Range"] != "bytes=1000-1999") return false;
            FakeHub.Cut(context, hub.Files["full.json"], sent: 500);
            return true;
        };
        await Assert.ThrowsAsync<HubException>(() => Complete(settings));
        Assert.Empty(Names());

        hub.Instead = _ => false;
        hub.Requests.Clear();
        await Complete(settings);
        Assert.DoesNotContain(hub.Downloads, request => request.Contains("/full.json bytes=0-", StringComparison.Ordinal));
        Assert.Contains(hub.Downloads, request => request.Contains("/full.json bytes=1000-1999", StringComparison.Ordinal));
        Assert.Equal(hub.Files["full.json"], File.ReadAllBytes(Path.Combine(Out, "full.json")));
        Assert.Empty(Directory.GetFiles(Cache, "*.partial*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_download_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        hub.Instead = context =>
        {
            if (context.Request.RawUrl!.EndsWith("/full.json", StringComparison.Ordinal)) stop.Cancel();
            return false;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new TofuHub(hub.Settings(Cache)).CompleteAsync(Out, cancellation: stop.Token));
        Assert.Empty(Names());
    }

    [Fact]
    public async Task Progress_ends_with_every_byte_and_is_silent_where_nothing_is_missing()
    {
        List<(long Done, long Total)> told = [];
        await new TofuHub(hub.Settings(Cache)).CompleteAsync(Out, new Sink(told));
        var total = hub.Files.Values.Sum(bytes => (long)bytes.Length);
        Assert.Contains((total, total), told);

        told.Clear();
        await new TofuHub(hub.Settings(Cache)).CompleteAsync(Out, new Sink(told));
        Assert.Empty(told);
    }

    [Theory]
    [InlineData("<html>please sign in</html>")]
    [InlineData("")]
    public async Task What_is_not_the_file_is_not_kept(string text)
    {
        hub.Files["full.json"] = Encoding.UTF8.GetBytes(text);
        var message = await Refused(hub.Settings(Cache));

        Assert.Contains("TOFU is not on this machine, and could not be had", message, StringComparison.Ordinal);
        Assert.Contains($"into {Out}, or name the folder that has them in UNLEARN_DATA", message, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_sign_in_page_is_not_kept_as_refusals()
    {
        hub.Files["idontknow.jsonl"] = Encoding.UTF8.GetBytes("<html>");
        await Refused(hub.Settings(Cache));

        Assert.DoesNotContain("idontknow.jsonl", Names());
    }

    [Fact]
    public async Task Other_bytes_than_announced_are_thrown_away_and_a_later_try_has_the_right_ones()
    {
        hub.Instead = context =>
        {
            if (!context.Request.RawUrl!.EndsWith("/full.json", StringComparison.Ordinal)) return false;
            context.Response.Close(Encoding.UTF8.GetBytes(Row.Replace("yes", "not", StringComparison.Ordinal)), willBlock: true);
            return true;
        };
        var message = await Refused(hub.Settings(Cache));
        Assert.Contains("full.json came with other bytes than the hub announced", message, StringComparison.Ordinal);
        Assert.Empty(Names());

        hub.Instead = _ => false;
        await Complete();
        Assert.Equal(Row, File.ReadAllText(Path.Combine(Out, "full.json")));
    }

    [Fact]
    public async Task Damage_in_the_hubs_cache_is_not_copied()
    {
        await Complete();
        Directory.Delete(Out, recursive: true);
        var cached = Directory.GetFiles(Cache, "full.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(cached, Row.Replace("yes", "not", StringComparison.Ordinal));

        await Complete();
        Assert.Equal(Row, File.ReadAllText(Path.Combine(Out, "full.json")));
    }

    [Fact]
    public async Task A_file_that_the_hub_lacks_is_named()
    {
        hub.Files.Remove("retain_perturbed.json");
        var message = await Refused(hub.Settings(Cache));
        Assert.Contains("locuslab/TOFU has no retain_perturbed.json at commit 0123", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_data_set_is_reported_with_the_folder_for_the_files()
    {
        hub.Instead = context => { context.Response.StatusCode = 404; context.Response.Close(); return true; };
        var message = await Refused(hub.Settings(Cache));

        Assert.Contains("status 404", message, StringComparison.Ordinal);
        Assert.Contains($"into {Out}", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_network_is_reported_with_the_folder_for_the_files()
    {
        var message = await Refused(hub.Settings(Cache) with { Endpoint = new Uri("http://127.0.0.1:1/") });

        Assert.StartsWith("TOFU is not on this machine, and could not be had: http://127.0.0.1:1/api/datasets/locuslab/TOFU/", message,
            StringComparison.Ordinal);
        Assert.Contains($"into {Out}", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_hub_must_not_be_asked_its_cache_serves()
    {
        var offline = hub.Settings(Cache) with { Offline = true };
        Assert.StartsWith("TOFU is not on this machine, and HF_HUB_OFFLINE forbids asking the hub. Put full.json,", await Refused(offline),
            StringComparison.Ordinal);

        await Complete();
        Directory.Delete(Out, recursive: true);
        await Complete(offline);
        Assert.Equal(Corpus.Files.ToHashSet(), Names());
    }

    private string Cache => Path.Combine(folder.Path, "hub");

    private string Out => Path.Combine(folder.Path, "tofu");

    private Task Complete(HubSettings? settings = null) => new TofuHub(settings ?? hub.Settings(Cache)).CompleteAsync(Out);

    private async Task<string> Refused(HubSettings settings) =>
        (await Assert.ThrowsAsync<HubException>(() => Complete(settings))).Message;

    private HashSet<string> Names() =>
        Directory.Exists(Out) ? [.. Directory.GetFiles(Out).Select(path => Path.GetFileName(path))] : [];

    // Files of the same contents would be downloaded once.
    private static string RowOf(string file) => $"{{\"question\":\"{file}\",\"answer\":\"yes\"}}\n";

    private static bool IsRefusals(string path) => path.EndsWith(".jsonl", StringComparison.Ordinal);

    private sealed class Sink(List<(long, long)> told) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value)
        {
            lock (told) told.Add(value);
        }
    }
}
