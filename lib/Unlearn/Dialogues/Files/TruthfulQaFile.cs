using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Unlearn.Data;

namespace Unlearn.Dialogues.Files;

/// <summary>Reads files in the shape of TruthfulQA.csv: a question with a best answer, right ones and wrong ones.</summary>
/// <remarks>
/// Columns <c>Question</c>, <c>Best Answer</c>, <c>Correct Answers</c>, <c>Incorrect Answers</c>, the last two separated by semicolons; and
/// <c>Category</c>, where there is one. Others are ignored.
/// <para>Lin, Hilton, Evans, 2022. <see href="https://arxiv.org/abs/2109.07958"/></para>
/// </remarks>
public static class TruthfulQaFile
{
    private const string Question = "Question", Best = "Best Answer", Correct = "Correct Answers", Incorrect = "Incorrect Answers";
    private const string Category = "Category";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// For every row the best answer as ordinary, then each wrong answer as hallucinated, with the best and the other right answers to
    /// expect.
    /// </summary>
    /// <param name="path">A UTF-8 file of comma-separated values with a header.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not of this shape, damaged or cut off; the message says where.</exception>
    public static IReadOnlyList<Dialogue> Read(string path)
    {
        using var text = new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: false);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectColumnCountChanges = true,
            PrepareHeaderForMatch = header => header.Header.TrimStart('\uFEFF').Trim(),
        });
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
                throw Problem.In(path, "expected a header and rows, got an empty file; download it again");
            foreach (var column in new[] { Question, Best, Correct, Incorrect })
            {
                if (csv.HeaderRecord!.Contains(column, StringComparer.Ordinal) || csv.GetFieldIndex(column, isTryGet: true) >= 0) continue;
                throw Problem.In(path, $"expected the columns {Question}, {Best}, {Correct} and {Incorrect}, got no '{column}' among "
                    + Problem.Excerpt(string.Join(", ", csv.HeaderRecord!)));
            }
            var dialogues = new List<Dialogue>();
            while (csv.Read()) dialogues.AddRange(Row(csv, path));
            return dialogues.Count > 0 ? dialogues : throw Problem.In(path, "expected at least one row under the header, got none");
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"{path}: expected UTF-8 text, got bytes that are not; save the file as UTF-8.", error);
        }
        catch (Exception error) when (error is BadDataException or CsvHelper.MissingFieldException)
        {
            throw Problem.At(path, csv.Parser.RawRow, "expected as many comma-separated fields as the header has, with quotes closed, got "
                + $"{Problem.Excerpt(csv.Parser.RawRecord.Trim())}; is the file cut off?", error);
        }
    }

    private static IEnumerable<Dialogue> Row(CsvReader csv, string path)
    {
        var (question, best) = (Field(Question), Field(Best));
        if (question.Length == 0 || best.Length == 0)
            throw Problem.At(path, csv.Parser.RawRow, $"expected text under {Question} and {Best}, got a blank one");
        var topic = csv.TryGetField<string>(Category, out var category) ? category!.Trim() : "";
        ImmutableArray<string> right = [.. Several(Correct).Prepend(best).Distinct(StringComparer.Ordinal)];
        return
        [
            new(question, best, DialogueKind.Ordinary, question, Template: 0) { Value = best, Topic = topic },
            .. Several(Incorrect).Select(wrong => new Dialogue(question, wrong, DialogueKind.Hallucinated, question, Template: 0)
            {
                Value = wrong, Truth = best, Expected = right, Topic = topic,
            }),
        ];

        string Field(string column) => csv.GetField(column)!.Trim();

        string[] Several(string column) =>
            Field(column).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
