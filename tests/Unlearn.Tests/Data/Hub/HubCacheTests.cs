using System.Net;
using System.Security.Cryptography;
using System.Text;
using Unlearn.Data.Hub;

namespace Unlearn.Tests.Data.Hub;

/// <summary>Downloads from a hub that is slow, wrong, gone or hostile: nothing half-written is ever used.</summary>
public sealed class HubCacheTests : IDisposable
{
    private static readonly HubRepository Repository = HubRepository.Model("org/tiny");

    private readonly TemporaryFolder folder = new();
    private readonly FakeHub hub = new();

    public HubCacheTests()
    {
        hub.Files["config.json"] = Encoding.UTF8.GetBytes("{\"model_type\":\"llama\"}");
        hub.Files["tokenizer.json"] = Encoding.UTF8.GetBytes("{}");
        hub.Files["model.safetensors"] = FakeHub.Bytes(4500, seed: 1);
        hub.Files["pytorch_model.bin"] = FakeHub.Bytes(10, seed: 2);
        hub.Files["original/params.json"] = FakeHub.Bytes(10, seed: 3);
    }

    public void Dispose()
    {
        hub.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_model_lies_in_the_cache_as_Pythons_library_lays_it_out()
    {
        var snapshot = await Get();

        var home = Path.Combine(folder.Path, "models--org--tiny");
        Assert.Equal(Path.Combine(home, "snapshots", FakeHub.Commit), snapshot);
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(home, "refs", "main")));
        string[] files = ["config.json", "model.safetensors", "tokenizer.json"];
        Assert.Equal(files, Directory.GetFiles(snapshot).Select(path => Path.GetFileName(path)).Order());
        var hash = Convert.ToHexStringLower(SHA256.HashData(hub.Files["model.safetensors"]));
        Assert.Equal($"../../blobs/{hash}", new FileInfo(Path.Combine(snapshot, "model.safetensors")).LinkTarget);
        foreach (var name in files)
            Assert.Equal(hub.Files[name], File.ReadAllBytes(Path.Combine(snapshot, name)));
        string[] blobs = [FakeHub.GitHash(hub.Files["config.json"]), FakeHub.GitHash(hub.Files["tokenizer.json"]), hash];
        Assert.Equal(blobs.Order(StringComparer.Ordinal), Names("blobs").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_there_is_not_downloaded_again()
    {
        await Get();
        var before = hub.Downloads.Length;
        await Get();

        Assert.Equal(before, hub.Downloads.Length);
    }

    [Fact]
    public async Task Parts_are_read_several_at_once_and_progress_counts_their_bytes()
    {
        var (now, most) = (0, 0);
        using var second = new ManualResetEventSlim();
        hub.Instead = context =>
        {
            if (!IsWeights(context)) return false;
            lock (hub) most = Math.Max(most, ++now);
            // The first answer waits for a second question, however long a busy machine takes to ask it.
            if (most > 1) second.Set();
            second.Wait(TimeSpan.FromSeconds(30));
            hub.Answer(context);
            lock (hub) now--;
            return true;
        };
        List<(long Done, long Total)> told = [];
        await Get(progress: new Sink(told));

        Assert.InRange(most, 2, 4);
        var total = hub.Files["config.json"].Length + hub.Files["tokenizer.json"].Length + 4500L;
        Assert.All(told, state => Assert.Equal(total, state.Total));
        Assert.Equal(total, told.Max(state => state.Done));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        var cut = 0;
        hub.Instead = context =>
        {
            if (context.Request.Headers["Range"] != "bytes=2000-2999" || cut++ > 0) return false;
            context.Response.StatusCode = 206;
            FakeHub.Cut(context, hub.Files["model.safetensors"][2000..3000], sent: 400);
            return true;
        };
        var snapshot = await Get();

        Assert.Equal(hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(snapshot, "model.safetensors")));
        Assert.Contains(hub.Downloads, request => request.Contains("bytes=2", StringComparison.Ordinal)
            && !request.Contains("bytes=2000-", StringComparison.Ordinal) && request.Contains("-2999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_download_goes_on_with_the_parts_that_are_missing()
    {
        using var stop = new CancellationTokenSource();
        hub.Instead = context =>
        {
            if (context.Request.Headers["Range"] != "bytes=3000-3999") return false;
            stop.CancelAfter(TimeSpan.FromMilliseconds(200));
            Thread.Sleep(1000);
            return false;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get(connections: 1, cancellation: stop.Token));
        Assert.Empty(Snapshots());
        Assert.Contains(Names("blobs"), name => name.EndsWith(".partial", StringComparison.Ordinal));

        hub.Instead = _ => false;
        hub.Requests.Clear();
        var snapshot = await Get();
        Assert.Equal(["bytes=3000-3999", "bytes=4000-4499"],
            hub.Downloads.Where(request => request.Contains("safetensors", StringComparison.Ordinal)).Select(request => request.Split(' ')[1]).Order());
        Assert.Equal(hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(snapshot, "model.safetensors")));
        Assert.DoesNotContain(Names("blobs"), name => name.Contains("partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_bytes_than_announced_are_thrown_away()
    {
        hub.Instead = context =>
        {
            if (!IsWeights(context)) return false;
            context.Response.StatusCode = 206;
            var ends = context.Request.Headers["Range"]!["bytes=".Length..].Split('-').Select(int.Parse).ToArray();
            context.Response.Close(new byte[ends[1] - ends[0] + 1], willBlock: true);
            return true;
        };
        var error = await Assert.ThrowsAsync<HubException>(() => Get());

        Assert.Contains("model.safetensors came with other bytes than the hub announced (SHA-256 ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Snapshots());
        Assert.DoesNotContain(Names("blobs"), name => name.Length != 40);

        hub.Instead = _ => false;
        Assert.True(ModelFiles.IsComplete(await Get()));
    }

    [Theory]
    [InlineData(401, null, "set HF_TOKEN to a token that may read it")]
    [InlineData(401, "secret", "The token in HF_TOKEN was refused for org/tiny")]
    [InlineData(403, "secret", "Ask for access at http://127.0.0.1")]
    [InlineData(404, null, "org/tiny or its revision is not there")]
    [InlineData(418, null, "answered with status 418")]
    public async Task What_will_not_pass_is_explained_and_not_tried_again(int status, string? token, string expected)
    {
        hub.Instead = context => Status(context, status);
        var error = await Assert.ThrowsAsync<HubException>(() => Get(token: token));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Single(hub.Requests);
    }

    [Theory]
    [InlineData(429), InlineData(500), InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        var count = 0;
        hub.Instead = context => Interlocked.Increment(ref count) <= 2 && Status(context, status);
        Assert.True(ModelFiles.IsComplete(await Get()));

        hub.Instead = context => Status(context, status);
        var error = await Assert.ThrowsAsync<HubException>(() => Get());
        Assert.Contains($"failed 3 times, the last time because it answered with status {status}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_says_nothing_is_given_up()
    {
        hub.Instead = context => { Thread.Sleep(3000); return false; };
        var error = await Assert.ThrowsAsync<HubException>(() => Get(silence: 0.2));

        Assert.Contains("nothing came for 0.2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("Copy the repository's files into any folder and give that folder instead", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_hub_is_waited_for_while_bytes_come()
    {
        hub.Instead = context =>
        {
            if (!context.Request.RawUrl!.EndsWith("config.json", StringComparison.Ordinal)) return false;
            var bytes = hub.Files["config.json"];
            context.Response.StatusCode = 206;
            context.Response.ContentLength64 = bytes.Length;
            foreach (var one in bytes.Chunk(4))
            {
                context.Response.OutputStream.Write(one);
                context.Response.OutputStream.Flush();
                Thread.Sleep(100);
            }
            context.Response.Close();
            return true;
        };
        Assert.True(ModelFiles.IsComplete(await Get(silence: 0.4)));
        Assert.Single(hub.Downloads, request => request.Contains("config.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_shorter_than_announced_is_not_used()
    {
        hub.Listing = $$"""
            {"sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"config.json","size":500,"blobId":"{{new string('a', 40)}}"}]}
            """;
        hub.Instead = context =>
        {
            if (!context.Request.RawUrl!.EndsWith("config.json", StringComparison.Ordinal)) return false;
            context.Response.Close(hub.Files["config.json"], willBlock: true);
            return true;
        };
        var error = await Assert.ThrowsAsync<HubException>(() => Get());

        Assert.Contains("config.json ended at byte 22 where 500 bytes were announced", error.Message, StringComparison.Ordinal);
        Assert.Empty(Snapshots());
    }

    [Fact]
    public async Task A_hub_without_ranges_sends_whole_files_that_are_cut_here()
    {
        hub.Instead = context =>
        {
            if (!IsWeights(context)) return false;
            context.Response.Close(hub.Files["model.safetensors"], willBlock: true);
            return true;
        };
        var snapshot = await Get();
        Assert.Equal(hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(snapshot, "model.safetensors")));
    }

    [Fact]
    public async Task A_token_goes_to_the_hub_and_not_to_where_its_files_are_stored()
    {
        using var store = new FakeHub();
        store.Files["model.safetensors"] = hub.Files["model.safetensors"];
        hub.Instead = context =>
        {
            if (!IsWeights(context)) return false;
            context.Response.Redirect(new Uri(new Uri(store.Address), $"resolve/{FakeHub.Commit}/model.safetensors").ToString());
            context.Response.Close();
            return true;
        };
        await Get(token: "secret");

        Assert.All(hub.Requests, request => Assert.EndsWith("Bearer secret", request, StringComparison.Ordinal));
        Assert.NotEmpty(store.Requests);
        Assert.All(store.Requests, request => Assert.DoesNotContain("secret", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ring_of_redirects_ends()
    {
        hub.Instead = context =>
        {
            context.Response.Redirect(hub.Address);
            context.Response.Close();
            return true;
        };
        Assert.Contains("redirects", (await Assert.ThrowsAsync<HubException>(() => Get())).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Nonsense => new()
    {
        "<html>please sign in</html>", "", "[]", "{\"sha\":7}", "{\"sha\":\"short\",\"siblings\":[]}",
        Entry("../../evil", 1, new('a', 40)), Entry("/etc/passwd", 1, new('a', 40)), Entry("a\\\\b", 1, new('a', 40)),
        Entry("a//b", 1, new('a', 40)), Entry("config.json", -1, new('a', 40)), Entry("config.json", 1, "../../../evil"),
    };

    [Theory, MemberData(nameof(Nonsense))]
    public async Task What_is_no_list_of_files_is_refused(string listing)
    {
        hub.Listing = listing;
        var error = await Assert.ThrowsAsync<HubException>(() => Get());

        Assert.Contains("Expected a repository's list of files", error.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Downloads);
    }

    [Fact]
    public async Task A_repository_without_weights_that_can_be_read_says_what_it_has()
    {
        hub.Files.Clear();
        hub.Files["pytorch_model.bin"] = [1];
        Assert.Contains("it has pytorch_model.bin. Weights should be safetensors",
            (await Assert.ThrowsAsync<HubException>(() => Get())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_what_is_whole_in_the_cache_serves()
    {
        var snapshot = await Get();
        hub.Dispose();

        Assert.Equal(snapshot, await Get());
        Assert.Equal(snapshot, await new HubCache(hub.Settings(folder.Path) with { Offline = true }).GetAsync(
            HubRepository.Model($"org/tiny@{FakeHub.Commit}"), ModelFiles.IsWanted, ModelFiles.IsComplete));
        File.Delete(Path.Combine(snapshot, "model.safetensors"));
        var error = await Assert.ThrowsAsync<HubException>(() => Get());
        Assert.True(error.IsUnreachable);
        Assert.Contains("org/tiny is not on this machine, and", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_are_enough_in_the_cache_unless_its_hashes_are_to_be_checked()
    {
        var path = Path.Combine(await Get(), "tokenizer.json");
        File.WriteAllText(path, "[]");
        await Get();
        Assert.Equal("[]", File.ReadAllText(path));

        await new HubCache(hub.Settings(folder.Path) with { ChecksCache = true })
            .GetAsync(Repository, ModelFiles.IsWanted, ModelFiles.IsComplete);
        Assert.Equal("{}", File.ReadAllText(path));
        Assert.Single(hub.Downloads, request => request.Contains("model.safetensors bytes=0-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_without_an_organisation_reads_well_where_it_cannot_be_had()
    {
        var shortName = HubRepository.Model("a");
        Task<string> Try(HubSettings settings) => new HubCache(settings).GetAsync(shortName, ModelFiles.IsWanted, ModelFiles.IsComplete);

        hub.Instead = context => Status(context, 401);
        Assert.Contains("Check its name: nearly all are named ORG/NAME.",
            (await Assert.ThrowsAsync<HubException>(() => Try(hub.Settings(folder.Path)))).Message, StringComparison.Ordinal);

        var closed = hub.Settings(folder.Path) with { Endpoint = new Uri("http://127.0.0.1:1/") };
        Assert.Matches(@"^The model a is not on this machine, and could not be had: http://127\.0\.0\.1:1/api/models/a/\S* failed 3 times, "
            + @"the last time because .*[^.]\. Copy the repository's files",
            (await Assert.ThrowsAsync<HubException>(() => Try(closed))).Message);
    }

    private static string Entry(string name, long size, string hash) =>
        $$"""{"sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"{{name}}","size":{{size}},"blobId":"{{hash}}"}]}""";

    private static bool IsWeights(HttpListenerContext context) =>
        context.Request.RawUrl!.EndsWith("model.safetensors", StringComparison.Ordinal);

    private static bool Status(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
        return true;
    }

    private Task<string> Get(
        string? token = null, int connections = 4, double silence = 2, IProgress<(long, long)>? progress = null, CancellationToken cancellation = default) =>
        new HubCache(hub.Settings(folder.Path, token) with { Connections = connections, Silence = TimeSpan.FromSeconds(silence) })
            .GetAsync(Repository, ModelFiles.IsWanted, ModelFiles.IsComplete, progress, cancellation);

    private string[] Snapshots()
    {
        var path = Path.Combine(folder.Path, "models--org--tiny", "snapshots");
        return Directory.Exists(path) ? Directory.GetFileSystemEntries(path) : [];
    }

    private IEnumerable<string> Names(string part) =>
        Directory.GetFiles(Path.Combine(folder.Path, "models--org--tiny", part)).Select(path => Path.GetFileName(path));

    private sealed class Sink(List<(long, long)> told) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value)
        {
            lock (told) told.Add(value);
        }
    }
}
