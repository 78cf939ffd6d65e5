using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>Between a cell that writes and a front that takes its time.</summary>
public sealed class OutputPumpTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly OutputPump pump = new();

    public void Dispose() => pump.Dispose();

    [Fact]
    public async Task Writer_of_much_waits_for_a_slow_front_and_nothing_is_lost()
    {
        var (front, taken, posted) = (new ManualResetEventSlim(), 0, 0);
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 30; i++)
            {
                pump.Post(() => { front.Wait(); taken++; }, 10 * Megabyte);
                Volatile.Write(ref posted, i + 1);
            }
        });
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref posted) >= 6, TimeSpan.FromSeconds(20)));
        Thread.Sleep(200);
        Assert.Equal(6, Volatile.Read(ref posted));
        Assert.InRange(pump.WaitingBytes, 60 * Megabyte, 64 * Megabyte);

        front.Set();
        await writer;
        await pump.FlushAsync();
        Assert.Equal((30, 0L), (taken, pump.WaitingBytes));
    }

    [Fact]
    public async Task Output_larger_than_all_the_room_goes_through_alone()
    {
        var taken = 0;
        pump.Post(() => taken++, 200 * Megabyte);
        pump.Post(() => taken++, 200 * Megabyte);
        await pump.FlushAsync();
        Assert.Equal(2, taken);
    }

    [Fact]
    public void Size_of_an_output_is_that_of_its_texts()
    {
        var text = new string('x', 1000);
        Assert.InRange(OutputSize.Of(new StreamOutput("stdout", text)), 2000, 2200);
        Assert.InRange(OutputSize.Of(new DisplayOutput(MimeBundle.Plain(text).With(MimeTypes.Html, text), "id")), 4000, 4400);
        Assert.InRange(OutputSize.Of(new ErrorOutput("E", "m", [text, text])), 4000, 4400);
    }
}
