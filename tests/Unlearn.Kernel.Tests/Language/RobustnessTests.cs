using Unlearn.Kernel.Language;

namespace Unlearn.Kernel.Tests.Language;

/// <summary>Alone, because two tests hold it to times.</summary>
[Collection(nameof(Alone))]
public sealed class RobustnessTests(Writing writing) : IClassFixture<Writing>
{
    private static readonly string[] Pieces =
    [
        "torch.", "rows", ".Where(", "row => ", "row.", "new ", "Npo", "(", ")", "{", "}", "[", "]", ";", "\n", " ", ",", "=", "\"",
        "$\"{", "'", "//", "/*", "*/", "#!time\n", "#r \"", "#if X\n", "using ", "from r in rows ", "select ", "switch", "case ", ":",
        "?.", "..", "with { ", "is not ", "😀", "\ud83d", "\0", "async ", "await ", "class C", "record R", "<", ">", "1.", "@", "int ",
        "var x", "\"\"\"", "=>", "\r\n", "é", "::", "&", "*", "!", "global::", "this.", "#",
    ];

    [Fact]
    public async Task No_cell_and_no_place_breaks_the_service()
    {
        var random = new Random(17);
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 2_000; i++)
        {
            var code = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var position = random.Next(-2, code.Length + 3);
            var list = await writing.Service.CompleteAsync(code, position);
            Assert.InRange(list.Start, 0, list.End);
            Assert.InRange(list.End, list.Start, code.Length);
        }
        Assert.InRange(Environment.CpuUsage.TotalTime - before, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task No_answer_is_lost_to_an_error_of_our_own()
    {
        // Whatever happens is caught, so that the kernel lives on; what is caught here may only be the compiler's.
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var code = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var position = random.Next(0, code.Length + 1);
            await writing.Service.CompleteAsync(code, position);
            await writing.Service.InspectAsync(code, position, i % 2);
            writing.Service.IsComplete(code);
            var failure = writing.Service.LastFailure;
            Assert.False(failure is ArgumentException or NullReferenceException or IndexOutOfRangeException, $"{code}: {failure}");
            Assert.NotEqual(typeof(LanguageService).Assembly, failure?.TargetSite?.Module.Assembly);
        }
    }

    [Fact]
    public async Task A_huge_cell_is_refused_at_once()
    {
        var code = string.Concat(Enumerable.Repeat("var x = rows.Count;\n", 50_000));
        var before = Environment.CpuUsage.TotalTime;

        Assert.Empty((await writing.Service.CompleteAsync(code, code.Length)).Items);
        Assert.Null(await writing.Service.InspectAsync(code, 5));
        Assert.Equal(Completeness.Complete, writing.Service.IsComplete(code).Status);
        Assert.InRange(Environment.CpuUsage.TotalTime - before, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("List<")]
    [InlineData("x => ")]
    [InlineData("if (x) ")]
    [InlineData("!")]
    [InlineData("a ? ")]
    [InlineData("x.")]
    [InlineData("1 + ")]
    public async Task Deep_nesting_does_not_end_the_process(string piece)
    {
        var code = "var x = " + string.Concat(Enumerable.Repeat(piece, 20_000));

        await writing.Service.CompleteAsync(code, code.Length);
        await writing.Service.InspectAsync(code, code.Length);
        writing.Service.IsComplete(code);
    }

    [Fact]
    public void Brackets_in_strings_and_comments_are_no_nesting()
    {
        var open = new string('(', 1000);
        string[] harmless =
        [
            $"var a = \"{open}\";", $"// {open}", $"/* {open} */", $"var b = @\"{open}\";", $"var c = \"\"\"{open}\"\"\";", "var d = '(';",
        ];
        Assert.False(CSharpText.IsTooDeep(string.Join('\n', harmless)));
        Assert.True(CSharpText.IsTooDeep($"var a = $\"{{{open}\";"));
        Assert.True(CSharpText.IsTooDeep($"#if {open}"));
        Assert.True(CSharpText.IsTooDeep(string.Concat(Enumerable.Repeat("$\"{", 20_000))));
    }

    [Fact]
    public async Task A_question_can_be_withdrawn()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.Service.CompleteAsync("torch.", 6, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.Service.InspectAsync("torch", 3, 0, source.Token));
    }

    [Fact]
    public async Task Nothing_of_a_cell_is_run()
    {
        writing.Run("static int Calls; class Counting { public int Value { get { Calls++; return 1; } } } var counting = new Counting();");
        await writing.Service.CompleteAsync("Calls++; counting.Value.", 24);
        await writing.Service.InspectAsync("Calls++; counting.Value", 20);

        Assert.Contains("int: 0", writing.Plain("Call¦s"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_come_as_fast_as_one_types()
    {
        await writing.Service.WarmUpAsync();
        Assert.InRange(await TimeAsync("torch."), 0, 200);
        var times = new List<double>();
        for (var i = 0; i < 15; i++) times.Add(await TimeAsync($"var x{i} = 1;\nvar y = torch."));

        // The best of them: other work on the machine only ever adds.
        Assert.InRange(times.Min(), 0, 50);
    }

    // Processor time, because others may want the processor as well.
    private async Task<double> TimeAsync(string code)
    {
        var before = Environment.CpuUsage.TotalTime;
        Assert.InRange((await writing.Service.CompleteAsync(code, code.Length)).Items.Length, 100, int.MaxValue);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}
