using System.Text;

namespace Unlearn.Data;

/// <summary>Reads and writes question-and-answer rows as JSON lines: every file of the TOFU data set, and files shaped like them.</summary>
/// <remarks>
/// <para>
/// A row is an object with <c>question</c> and <c>answer</c>, and optionally <c>paraphrased_answer</c>,
/// <c>paraphrased_question</c>, <c>original_answer</c> and <c>perturbed_answer</c> (a list); or a multiple-choice row with
/// <c>option1</c> … <c>option4</c>, one of which repeats the answer and the others become perturbed answers. Other fields are ignored.
/// </para>
/// <para>Accepted as they come: a byte-order mark, CRLF, blank lines, a missing final line break.</para>
/// </remarks>
public static class TofuFile
{
    /// <summary>All rows of the file, in order; at least one.</summary>
    /// <param name="path">A UTF-8 file with one JSON object a line.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file has no row, or a line is not what was expected; the message names file and line and says what was found.
    /// </exception>
    public static IReadOnlyList<QaRow> Read(string path)
    {
        QaRow[] rows =
        [
            .. from line in LineReader.Lines(path)
               where !string.IsNullOrWhiteSpace(line.Text)
               select TofuRow.Parse(line.Text, path, line.Number),
        ];
        return rows.Length > 0
            ? rows
            : throw Problem.In(path, "expected one JSON object a line, got a file without any; download it again");
    }

    /// <summary>Writes the rows with TOFU's field names, one JSON object a line, through a temporary file that is then renamed.</summary>
    /// <param name="path">The file to make or replace; its folder is made where needed.</param>
    /// <param name="rows">At least one row. Wrong options are written as <c>perturbed_answer</c>.</param>
    /// <exception cref="ArgumentException">There is no row, since no reader would accept the file.</exception>
    public static void Write(string path, IEnumerable<QaRow> rows) => WholeFile.Write(path, Format(rows));

    /// <summary>The text that <see cref="Write"/> writes: LF after every row.</summary>
    internal static string Format(IEnumerable<QaRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows) text.Append(TofuRow.Format(row)).Append('\n');
        return text.Length > 0 ? text.ToString() : throw new ArgumentException("Expected at least one row, got none.", nameof(rows));
    }
}
