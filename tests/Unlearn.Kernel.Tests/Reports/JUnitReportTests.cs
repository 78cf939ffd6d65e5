using System.Xml.Linq;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Reports;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Reports;

public sealed class JUnitReportTests
{
    private const string Hostile = "a\0b\u001b[31m ]]> <x> & \ud800 😀 \uffff";

    [Fact]
    public void Cells_are_cases_with_times_failures_and_what_did_not_run()
    {
        var error = new ErrorOutput("DivideByZeroException", "no", ["DivideByZeroException: no", "  at cell 2, line 1"]);
        NotebookRun run = new("n", CellStatus.Failed,
            [new(1, CellStatus.Failed, TimeSpan.FromSeconds(0.5), "a", error, WasAllowedToFail: true),
            new(2, CellStatus.Failed, TimeSpan.FromSeconds(1.25), "b", error)], 3, TimeSpan.FromSeconds(2), error);
        var suites = XDocument.Parse(JUnitReport.Render([run])).Root!;
        var suite = suites.Element("testsuite")!;
        Assert.Equal(("n", "3", "1", "1", "2.000"), ((string)suite.Attribute("name")!, (string)suite.Attribute("tests")!,
            (string)suite.Attribute("failures")!, (string)suite.Attribute("skipped")!, (string)suite.Attribute("time")!));
        var cases = suite.Elements("testcase").ToArray();
        Assert.Equal(["cell 1: a", "cell 2: b", "cell 3"], cases.Select(c => (string)c.Attribute("name")!));
        Assert.Equal("1.250", (string)cases[1].Attribute("time")!);
        Assert.Null(cases[0].Element("failure"));
        Assert.Equal("DivideByZeroException: no\n  at cell 2, line 1", cases[1].Element("failure")!.Value);
        Assert.NotNull(cases[2].Element("skipped"));
    }

    [Fact]
    public void Any_text_gives_XML_that_can_be_read()
    {
        var error = new ErrorOutput(Hostile, Hostile, [Hostile, new string('x', 100_000)]);
        CellRun cell = new(1, CellStatus.Failed, default, Hostile, error);
        var text = JUnitReport.Render([new(Hostile, CellStatus.Failed, [cell], 1, default, error)]);
        var failure = XDocument.Parse(text).Descendants("failure").Single();
        Assert.Contains("a\uFFFDb\uFFFD[31m ]]> <x> & \uFFFD 😀 \uFFFD", failure.Value, StringComparison.Ordinal);
        Assert.True(text.Length < 20_000);
    }
}
