using System.Net;
using System.Net.Sockets;
using System.Text;
using Unlearn.Kernel.Jupyter.Zmtp;

namespace Unlearn.Kernel.Tests.Jupyter;

public sealed class ZmtpTests
{
    private static readonly IPEndPoint Free = new(IPAddress.Loopback, 0);

    [Fact]
    public void Router_answers_on_the_connection_that_asked()
    {
        using var router = Echo(new());
        using var one = Peer.Connect(router.Port, "DEALER", "one");
        using var two = Peer.Connect(router.Port, "DEALER", "two");
        two.Send("from two"u8.ToArray());
        one.Send("from one"u8.ToArray());
        Assert.Equal("one: from one", one.Receive());
        Assert.Equal("two: from two", two.Receive());
    }

    [Fact]
    public void Long_messages_arrive_whole()
    {
        using var router = Echo(new());
        using var peer = Peer.Connect(router.Port, "DEALER", "p");
        var text = new string('x', 5_000_000);
        peer.Send(Encoding.ASCII.GetBytes(text));
        Assert.Equal("p: " + text, peer.Receive());
    }

    [Fact]
    public void Message_beyond_the_limit_costs_its_sender_the_connection_and_nobody_else()
    {
        using var router = Echo(new() { MessageBytes = 1000, Frames = 3 });
        using var good = Peer.Connect(router.Port, "DEALER", "good");
        using var tooLong = Peer.Connect(router.Port, "DEALER", "bad");
        tooLong.Send(new byte[1001]);
        Assert.True(tooLong.IsClosedByOther());
        using var tooMany = Peer.Connect(router.Port, "DEALER", "bad");
        tooMany.Send([1], [2], [3], [4]);
        Assert.True(tooMany.IsClosedByOther());
        good.Send("still"u8.ToArray());
        Assert.Equal("good: still", good.Receive());
    }

    [Theory]
    [InlineData("half a greeting", 10), InlineData("no READY", 64)]
    public void Connection_that_stops_in_the_handshake_is_closed(string reason, int bytes)
    {
        using var router = Echo(new() { Handshake = TimeSpan.FromMilliseconds(300) });
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, router.Port);
        client.GetStream().Write(ZmtpHandshake.Greeting().AsSpan(0, bytes));
        Assert.True(Peer.Ends(client), reason);
    }

    [Fact]
    public void Message_that_stops_half_way_ends_its_connection()
    {
        using var router = Echo(new() { Message = TimeSpan.FromMilliseconds(300) });
        using var peer = Peer.Connect(router.Port, "DEALER", "p");
        peer.Raw([0, 10, 1, 2, 3]);
        Assert.True(peer.IsClosedByOther());
    }

    [Fact]
    public void Peer_of_the_wrong_kind_is_turned_away()
    {
        using var router = Echo(new());
        using var peer = Peer.Connect(router.Port, "SUB", "p");
        Assert.True(peer.IsClosedByOther());
    }

    [Fact]
    public void Peers_beyond_the_limit_are_turned_away_until_one_leaves()
    {
        using var router = Echo(new() { Connections = 1 });
        using (var first = Peer.Connect(router.Port, "DEALER", "first"))
        {
            first.Send("x"u8.ToArray());
            first.Receive();
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, router.Port);
            Assert.True(Peer.Ends(client));
        }
        Assert.True(SpinWait.SpinUntil(() => Answers(router.Port), TimeSpan.FromSeconds(10)));

        static bool Answers(int port)
        {
            try
            {
                using var peer = Peer.Connect(port, "DEALER", "next");
                peer.Send("x"u8.ToArray());
                return peer.Receive() == "next: x";
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Subscriber_that_does_not_read_misses_outputs_but_no_status_and_is_told_so()
    {
        var limits = new ZmtpLimits { QueuedBytes = 1 << 20, Patience = TimeSpan.FromMilliseconds(100) };
        using var publisher = new PublishSocket(Free, limits);
        using var peer = Peer.Connect(publisher.Port, "SUB", "slow");
        byte[] output = new byte[1 << 20];
        // A message that is read shows that the subscriber is known.
        Assert.True(SpinWait.SpinUntil(() => { Publish("hello"u8.ToArray(), true); return peer.HasData; }, TimeSpan.FromSeconds(10)));
        for (var i = 0; i < 40; i++) Publish(output, false);
        Publish("idle"u8.ToArray(), true);

        var (outputs, text) = (0, "");
        while (text != "idle")
        {
            text = peer.Receive();
            if (text.Length == output.Length) outputs++;
        }
        Assert.InRange(outputs, 1, 39);

        Publish("next"u8.ToArray(), false);
        string[] rest = [peer.Receive(), peer.Receive()];
        Assert.Equal([$"missed {40 - outputs}", "next"], rest);

        void Publish(byte[] message, bool isUrgent) =>
            publisher.Publish([message], isUrgent, missed => [Encoding.ASCII.GetBytes($"missed {missed}")]);
    }

    [Fact]
    public void Heartbeat_echoes_all_frames()
    {
        using var heartbeat = new ReplySocket(Free, new());
        using var peer = Peer.Connect(heartbeat.Port, "REQ", "p");
        peer.Send([], "ping"u8.ToArray());
        Assert.Equal("", peer.Receive());
        Assert.Equal("ping", peer.Receive());
    }

    private static RouterSocket Echo(ZmtpLimits limits) => new(Free, limits, static (peer, frames) =>
    {
        peer.Send([[.. peer.Identity, .. ": "u8, .. frames.SelectMany(f => f)]]);
        return Task.CompletedTask;
    });

    /// <summary>The other end of a socket, written against the protocol's text.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly TcpClient client = new() { ReceiveTimeout = 20_000 };

        public bool HasData => client.Available > 0;

        public static Peer Connect(int port, string socketType, string identity)
        {
            var peer = new Peer();
            peer.client.Connect(IPAddress.Loopback, port);
            peer.Raw([.. ZmtpHandshake.Greeting(), .. ZmtpHandshake.ReadyCommand(socketType, Encoding.ASCII.GetBytes(identity))]);
            peer.Read(64);
            peer.Read(peer.Read(2)[1]);
            return peer;
        }

        public static bool Ends(TcpClient client)
        {
            client.ReceiveTimeout = 10_000;
            var buffer = new byte[1000];
            try
            {
                while (client.GetStream().Read(buffer) > 0)
                {
                }
                return true;
            }
            catch (IOException e)
            {
                return e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset };
            }
        }

        public void Raw(byte[] bytes) => client.GetStream().Write(bytes);

        public void Send(params byte[][] frames) => Raw(ZmtpFrame.Encode(frames));

        public string Receive()
        {
            var isLong = (Read(1)[0] & 2) != 0;
            var length = Read(isLong ? 8 : 1).Aggregate(0L, (sum, digit) => (sum << 8) | digit);
            return Encoding.ASCII.GetString(Read((int)length));
        }

        public bool IsClosedByOther() => Ends(client);

        public void Dispose() => client.Dispose();

        private byte[] Read(int count)
        {
            var bytes = new byte[count];
            client.GetStream().ReadExactly(bytes);
            return bytes;
        }
    }
}
