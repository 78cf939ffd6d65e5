using System.Globalization;
using System.Text;
using System.Xml;
using Unlearn.Data;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Reports;

/// <summary>Runs of notebooks as JUnit XML, which build servers show: a test suite for each notebook, a test case for each cell.</summary>
public static class JUnitReport
{
    private const int LongestTraceback = 4000;

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="runs">The runs, in order.</param>
    public static void Write(string path, IReadOnlyList<NotebookRun> runs) => WholeFile.Write(path, Encoding.UTF8.GetBytes(Render(runs)));

    /// <summary>The file's text. Cells that did not run are skipped test cases.</summary>
    /// <param name="runs">The runs, in order.</param>
    public static string Render(IReadOnlyList<NotebookRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, "notebooks", [.. runs.SelectMany(r => r.Cells)], runs.Sum(r => r.Total), runs.Sum(r => r.Elapsed.TotalSeconds));
            foreach (var run in runs) Suite(xml, run);
            xml.WriteEndElement();
        }
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static void Suite(XmlWriter xml, NotebookRun run)
    {
        xml.WriteStartElement("testsuite");
        Counts(xml, run.Notebook, run.Cells, run.Total, run.Elapsed.TotalSeconds);
        foreach (var cell in run.Cells) Case(xml, run.Notebook, cell);
        for (var number = run.Cells.Length + 1; number <= run.Total; number++)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean(run.Notebook));
            xml.WriteAttributeString("name", Invariant($"cell {number}"));
            xml.WriteElementString("skipped", "");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, string notebook, CellRun cell)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(notebook));
        xml.WriteAttributeString("name", Clean(Invariant($"cell {cell.Number}: {cell.Headline}")));
        xml.WriteAttributeString("time", Seconds(cell.Elapsed.TotalSeconds));
        if (IsFailure(cell))
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", Clean(cell.Error?.Name ?? cell.Status.ToString()));
            xml.WriteAttributeString("message", Clean(cell.Error?.Message ?? ""));
            xml.WriteString(Clean(string.Join('\n', cell.Error?.Traceback ?? [])));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, string name, IReadOnlyCollection<CellRun> cells, int total, double seconds)
    {
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("tests", Invariant($"{total}"));
        xml.WriteAttributeString("failures", Invariant($"{cells.Count(IsFailure)}"));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Invariant($"{total - cells.Count}"));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    private static bool IsFailure(CellRun cell) => cell.Status != CellStatus.Succeeded && !cell.WasAllowedToFail;

    private static string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // XML 1.0 has no way at all to write most control characters and halves of surrogate pairs.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestTraceback));
        for (var i = 0; i < text.Length && clean.Length < LongestTraceback; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }
}
