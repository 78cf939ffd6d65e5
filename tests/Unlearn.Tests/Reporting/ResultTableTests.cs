using Microsoft.Data.Analysis;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Reporting;

namespace Unlearn.Tests.Reporting;

public sealed class ResultTableTests
{
    private static readonly QaRow[] Rows = [new("q0", "a0"), new("q1", "a1"), new("q2", "a2")];

    private static EvaluationResult Result(string set, double rouge, double probability, double ratio, int rows = 3) => new(
        new(set, Rows), new("ROUGE-L recall", rouge, [.. Enumerable.Repeat(rouge, rows)]), new("Probability", probability, [probability]),
        new("Truth ratio", ratio, [ratio]), [$"{set}-{rouge} to q0", "to q1", $"{set}-{rouge} to q2"]);

    [Fact]
    public void A_comparison_puts_the_models_below_each_other_set_by_set()
    {
        var table = ResultTable.Compare(
        [
            ("trained", [Result("forget", 0.9, 0.8, 0.7), Result("retain", 0.6, 0.5, 0.4, rows: 2)]),
            ("NPO", [Result("forget", 0.3, 0.2, 0.1)]),
        ]);

        Assert.Equal(["set", "model", "ROUGE-L recall", "probability", "truth ratio", "rows"], table.Columns.Select(column => column.Name));
        object?[][] expected =
        [
            ["forget", "trained", 0.9, 0.8, 0.7, 3],
            ["forget", "NPO", 0.3, 0.2, 0.1, 3],
            ["retain", "trained", 0.6, 0.5, 0.4, 2],
        ];
        Assert.Equal(expected, Cells(table));
    }

    [Fact]
    public void An_answer_without_end_is_cut()
    {
        var set = new EvaluationSet("forget", Rows);
        var endless = Result("forget", 1, 1, 1) with { Answers = [.. Enumerable.Repeat(string.Concat(Enumerable.Repeat("word ", 60)), 3)] };

        var shown = Assert.IsType<string>(ResultTable.Answers(set, [0], [("GA", endless)])[0, 2]);

        Assert.EndsWith("word …", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 80, 92);
    }

    [Fact]
    public void Answers_stand_beside_the_question_and_the_truth_one_column_a_model()
    {
        var set = new EvaluationSet("forget", Rows);
        var table = ResultTable.Answers(set, [2, 0], [("trained", Result("x", 1, 1, 1)), ("NPO", Result("y", 2, 1, 1))]);

        Assert.Equal(["question", "truth", "trained", "NPO"], table.Columns.Select(column => column.Name));
        object?[][] expected = [["q2", "a2", "x-1 to q2", "y-2 to q2"], ["q0", "a0", "x-1 to q0", "y-2 to q0"]];
        Assert.Equal(expected, Cells(table));
    }

    private static object?[][] Cells(DataFrame table) =>
        [.. Enumerable.Range(0, (int)table.Rows.Count).Select(row => table.Columns.Select(column => column[row]).ToArray())];
}
