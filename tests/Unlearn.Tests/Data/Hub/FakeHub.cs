using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Unlearn.Data.Hub;

namespace Unlearn.Tests.Data.Hub;

/// <summary>A hub on this machine with one model, whose answers a test may spoil.</summary>
internal sealed class FakeHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly HttpListener listener = new();
    private readonly Task serving;

    public FakeHub()
    {
        Address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public string Address { get; }

    /// <summary>Contents by path. A path that ends with .safetensors is announced as a large file.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Takes a request before the hub does; true when it has answered.</summary>
    public Func<HttpListenerContext, bool> Instead { get; set; } = _ => false;

    /// <summary>The list of files, where it should not be the true one.</summary>
    public string? Listing { get; set; }

    /// <summary>"PATH RANGE AUTHORIZATION" of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Requests for files.</summary>
    public string[] Downloads => [.. Requests.Where(request => request.Contains("/resolve/", StringComparison.Ordinal))];

    /// <summary>Settings with short patience that keep files in a folder.</summary>
    public HubSettings Settings(string cache, string? token = null) => new(new Uri(Address), token, cache)
    {
        PartBytes = 1000,
        Attempts = 3,
        FirstPause = TimeSpan.FromMilliseconds(1),
        Silence = TimeSpan.FromSeconds(2),
    };

    public static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Git names blobs by SHA-1.")]
    public static string GitHash(byte[] bytes) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));

    /// <summary>Announces all of a file and sends some of it.</summary>
    public static void Cut(HttpListenerContext context, byte[] bytes, int sent)
    {
        context.Response.ContentLength64 = bytes.Length;
        context.Response.OutputStream.Write(bytes, 0, sent);
        context.Response.OutputStream.Flush();
        context.Response.Abort();
    }

    public void Answer(HttpListenerContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            context.Response.Close(Encoding.UTF8.GetBytes(Listing ?? List()), willBlock: true);
            return;
        }
        var name = path.Split("/resolve/" + Commit + "/") is [_, var rest] ? rest : "";
        if (!Files.TryGetValue(name, out var bytes))
        {
            context.Response.StatusCode = 404;
            context.Response.Close();
            return;
        }
        if (context.Request.Headers["Range"] is { } range)
        {
            var ends = range["bytes=".Length..].Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {ends[0]}-{ends[1]}/{bytes.Length}";
            bytes = bytes[ends[0]..(ends[1] + 1)];
        }
        context.Response.Close(bytes, willBlock: true);
    }

    public void Dispose()
    {
        listener.Close();
        serving.Wait(TimeSpan.FromSeconds(10));
    }

    private string List() => JsonSerializer.Serialize(new
    {
        sha = Commit,
        siblings = Files.Select(file => file.Key.EndsWith(".safetensors", StringComparison.Ordinal)
            ? (object)new
            {
                rfilename = file.Key,
                size = file.Value.Length,
                blobId = new string('0', 40),
                lfs = new { sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Value)), size = file.Value.Length },
            }
            : new { rfilename = file.Key, size = file.Value.Length, blobId = GitHash(file.Value) }),
    });

    private async Task ServeAsync()
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
            Requests.Enqueue($"{context.Request.RawUrl} {context.Request.Headers["Range"]} {context.Request.Headers["Authorization"]}");
            _ = Task.Run(() =>
            {
                try
                {
                    if (!Instead(context)) Answer(context);
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
                {
                    // The client has gone, or the test is over.
                }
            });
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
