using System.Net;
using System.Net.Sockets;
using System.Text;
using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class TofuHubTests : IDisposable
{
    private const string Row = "{\"question\":\"q\",\"answer\":\"a\"}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_files_are_downloaded_once()
    {
        using var hub = new Hub(path => (200, IsRefusals(path) ? "No idea.\n" : Row));

        new TofuHub(hub.Address + "/", "secret").Complete(folder.Path);
        new TofuHub(hub.Address, null).Complete(folder.Path);

        Assert.Equal(Corpus.Files.Select(file => $"/datasets/locuslab/TOFU/resolve/main/{file} Bearer secret"), hub.Requests);
        Assert.Equal(Corpus.Files.ToHashSet(), Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)).ToHashSet());
    }

    [Theory]
    [InlineData(404, "not found")]
    [InlineData(200, "<html>please sign in</html>")]
    [InlineData(200, "")]
    public void What_is_not_the_file_is_not_kept(int status, string body)
    {
        using var hub = new Hub(_ => (status, body));

        var error = Assert.Throws<IOException>(() => new TofuHub(hub.Address, null).Complete(folder.Path));

        var address = $"{hub.Address}/datasets/locuslab/TOFU/resolve/main/full.json";
        Assert.Contains($"{address} could not be had", error.Message, StringComparison.Ordinal);
        Assert.Contains($"into {folder.Path}, or name the folder that has them in UNLEARN_DATA", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_sign_in_page_is_not_kept_as_refusals()
    {
        using var hub = new Hub(path => (200, IsRefusals(path) ? "<html>" : Row));

        Assert.Throws<IOException>(() => new TofuHub(hub.Address, null).Complete(folder.Path));

        Assert.False(File.Exists(Path.Combine(folder.Path, "idontknow.jsonl")));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("not an address")]
    [InlineData("ftp://127.0.0.1")]
    public void A_closed_network_is_reported_with_the_folder_for_the_files(string address) =>
        Assert.Contains($"into {folder.Path}",
            Assert.Throws<IOException>(() => new TofuHub(address, null).Complete(folder.Path)).Message, StringComparison.Ordinal);

    private static bool IsRefusals(string path) => path.EndsWith(".jsonl", StringComparison.Ordinal);

    /// <summary>A hub on this machine that answers every request with one function.</summary>
    private sealed class Hub : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly Task serving;

        public Hub(Func<string, (int Status, string Body)> answer)
        {
            Address = $"http://127.0.0.1:{FreePort()}";
            listener.Prefixes.Add(Address + "/");
            listener.Start();
            serving = Task.Run(() => Serve(answer));
        }

        public string Address { get; }

        public List<string> Requests { get; } = [];

        public void Dispose()
        {
            listener.Close();
            serving.Wait(TimeSpan.FromSeconds(10));
        }

        private async Task Serve(Func<string, (int Status, string Body)> answer)
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await listener.GetContextAsync();
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                var path = context.Request.Url!.AbsolutePath;
                Requests.Add($"{path} {context.Request.Headers["Authorization"]}");
                var (status, body) = answer(path);
                context.Response.StatusCode = status;
                context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
            }
        }

        private static int FreePort()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
    }
}
