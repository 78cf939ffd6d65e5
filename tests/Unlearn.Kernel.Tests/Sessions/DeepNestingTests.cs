using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>Cells that nest deeper than the compiler can follow: an error of the cell, not the end of the process.</summary>
public sealed class DeepNestingTests(DeepNestingTests.OneSession shared) : IClassFixture<DeepNestingTests.OneSession>
{
    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("List<")]
    [InlineData("$\"{")]
    [InlineData("if (x) ")]
    [InlineData("a ? ")]
    [InlineData("!")]
    [InlineData("x.")]
    [InlineData("1 + ")]
    public async Task Cell_that_nests_too_deep_does_not_compile(string piece)
    {
        var code = "var y = 1;\nvar x = " + string.Concat(Enumerable.Repeat(piece, 50_000));
        var result = await shared.Session.RunAsync(code, static _ => { });
        Assert.Equal((CellStatus.Failed, "CompilationError"), (result.Status, result.Error?.Name));
        Assert.Equal(CellStatus.Succeeded, (await shared.Session.RunAsync("1 + 1", static _ => { })).Status);
    }

    [Fact]
    public async Task Error_says_where_it_becomes_too_deep()
    {
        var result = await shared.Session.RunAsync("var y = 1;\nvar x = " + new string('(', 50_000), static _ => { });
        Assert.Contains("line 2, column 309: CS8078", result.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_sum_is_not_deep()
    {
        var outputs = new List<CellOutput>();
        await shared.Session.RunAsync(string.Join(" + ", Enumerable.Repeat("1", 1500)), outputs.Add);
        Assert.Equal("1500", Assert.IsType<ResultOutput>(Assert.Single(outputs)).Bundle.Text(MimeTypes.Plain));
    }

    public sealed class OneSession : IDisposable
    {
        public Session Session { get; } = Session.Start();

        public void Dispose() => Session.Dispose();
    }
}
