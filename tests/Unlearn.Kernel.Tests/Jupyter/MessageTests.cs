using System.Text;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Jupyter;

namespace Unlearn.Kernel.Tests.Jupyter;

public sealed class MessageTests
{
    private static readonly MessageCodec Codec = new(new("key"));

    [Fact]
    public void Signature_is_that_of_RFC_4231_whatever_the_parts()
    {
        byte[][] parts = ["what do ya "u8.ToArray(), "want "u8.ToArray(), [], "for nothing?"u8.ToArray()];
        var signature = Encoding.ASCII.GetString(new MessageSigner("Jefe").Sign(parts));
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", signature);
    }

    [Fact]
    public void Message_comes_back_as_it_was_sent()
    {
        var parent = "{\"msg_id\": \"asked\"}"u8.ToArray();
        var frames = Codec.Encode([[1, 2], []], "stream", parent, new() { ["text"] = "é \"😀\" <b>" });
        Assert.True(Codec.TryDecode(frames, out var prefix, out var message, out _));
        Assert.Equal([[1, 2], []], prefix);
        Assert.Equal(("stream", "asked", "é \"😀\" <b>"), (message.Type, message.Parent.Text("msg_id"), message.Content.Text("text")));
    }

    [Fact]
    public void Header_of_a_request_goes_back_byte_for_byte()
    {
        var header = "{ \"n\" : 1.00, \"msg_type\":\"x\", \"a\":\"\\u0041\" }"u8.ToArray();
        byte[][] parts = [header, "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];
        Assert.True(Codec.TryDecode(
            ["<IDS|MSG>"u8.ToArray(), new MessageSigner("key").Sign(parts), .. parts], out _, out var request, out _));
        var reply = Codec.Encode([], "x_reply", request.HeaderBytes, []);
        Assert.Equal(header, reply[3]);
        Assert.True(Codec.TryDecode(reply, out _, out _, out _));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Change_of_any_signed_byte_is_noticed(int part)
    {
        var frames = Codec.Encode([], "stream", null, new() { ["text"] = "1" });
        frames[1 + part][^1] ^= 1;
        Assert.False(Codec.TryDecode(frames, out _, out _, out var fault));
        Assert.Equal("its signature is wrong", fault);
    }

    [Theory]
    [InlineData("[]"), InlineData("{"), InlineData("null"), InlineData("{}")]
    [InlineData("{\"a\":1,\"a\":2}"), InlineData("{\"msg_type\":\"\\ud800\"}")]
    public void Well_signed_header_that_is_no_header_is_refused(string header)
    {
        byte[][] parts = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];
        List<byte[]> frames = ["<IDS|MSG>"u8.ToArray(), new MessageSigner("key").Sign(parts), .. parts];
        Assert.False(Codec.TryDecode(frames, out _, out _, out var fault));
        Assert.StartsWith("its ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_signatures_are_empty_and_not_checked()
    {
        var codec = new MessageCodec(new(""));
        var frames = codec.Encode([], "stream", null, []);
        Assert.Empty(frames[1]);
        Assert.True(codec.TryDecode(frames, out _, out _, out _));
    }

    [Theory]
    [InlineData("abc", 2, 2), InlineData("😀b", 1, 2), InlineData("a😀b", 2, 3), InlineData("a😀b", 99, 4), InlineData("a", -1, 0)]
    public void Code_points_are_counted_as_Python_counts_them(string text, int codePoints, int units)
    {
        Assert.Equal(units, CodePoints.ToUtf16(text, codePoints));
        if (codePoints is >= 0 and < 99) Assert.Equal(codePoints, CodePoints.FromUtf16(text, units));
    }

    [Fact]
    public void Connection_file_is_read_and_what_is_wrong_with_one_is_said()
    {
        const string json = """
            {"transport": "tcp", "ip": "127.0.0.1", "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
             "key": "k", "signature_scheme": "hmac-sha256", "kernel_name": ".net-csharp"}
            """;
        var file = ConnectionFile.Parse(json);
        Assert.Equal((1, 4, 3, 2, 5, "k"), (file.Shell, file.Control, file.Stdin, file.IoPub, file.Heartbeat, file.Key));
        Fails("expected 'tcp' under 'transport', got 'ipc'", json.Replace("\"tcp\"", "\"ipc\"", StringComparison.Ordinal));
        Fails("expected 'hmac-sha256' under 'signature_scheme', got 'hmac-md5'", json.Replace("sha256", "md5", StringComparison.Ordinal));
        Fails(
            "expected a port from 0 to 65535 under 'hb_port'",
            json.Replace("hb_port\": 5", "hb_port\": 70000", StringComparison.Ordinal));
        Fails("expected an IP address under 'ip', got 'nowhere'", json.Replace("127.0.0.1", "nowhere", StringComparison.Ordinal));
        Fails("expected a JSON object", "[1]");

        static void Fails(string message, string json) =>
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => ConnectionFile.Parse(json)).Message);
    }

    [Fact]
    public void History_is_a_tail_a_range_or_a_search()
    {
        var history = new InputHistory();
        (int, string)[] cells = [(1, "a = 1"), (2, "b"), (3, "a = 1"), (4, "a = 2")];
        foreach (var (line, input) in cells) history.Add(line, input, "v" + line);
        Assert.Equal("[[1,3,\"a = 1\"],[1,4,\"a = 2\"]]", Answer("""{"hist_access_type": "tail", "n": 2}"""));
        const string range = """{"hist_access_type": "range", "session": 0, "start": 2, "stop": 3, "output": true}""";
        Assert.Equal("[[1,2,[\"b\",\"v2\"]]]", Answer(range));
        Assert.Equal("[]", Answer("""{"hist_access_type": "range", "session": 2, "start": 0, "stop": 9}"""));
        Assert.Equal("[[1,3,\"a = 1\"],[1,4,\"a = 2\"]]", Answer("""{"hist_access_type": "search", "pattern": "a*?", "unique": true}"""));

        string Answer(string request) => history.Answer(JsonNode.Parse(request)!.AsObject())["history"]!.ToJsonString();
    }
}
