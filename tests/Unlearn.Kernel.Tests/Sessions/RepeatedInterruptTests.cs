using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

public sealed class RepeatedInterruptTests
{
    [Fact]
    public void Every_endless_loop_is_stopped_not_only_the_first()
    {
        using var ran = new Ran();
        for (var cell = 1; cell <= 3; cell++)
            Assert.Equal(CellStatus.Interrupted, ran.Interrupted("while (true) { }").Status);
        ran.Cell("6 * 7");
        Assert.Equal("value:42", ran.Text(4));
    }
}
