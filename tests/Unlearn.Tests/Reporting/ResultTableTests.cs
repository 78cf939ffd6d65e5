using System.Globalization;
using Microsoft.Data.Analysis;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Reporting;

namespace Unlearn.Tests.Reporting;

public sealed class ResultTableTests
{
    private static readonly QaRow[] Rows = [new("q0", "a0"), new("q1", "a1"), new("q2", "a2")];

    // Losses that give the wanted values: with one wrong answer, 1 / s is the truth ratio to forget and 1 − 1 / s the other one.
    private static EvaluationResult Result(EvaluationTask task, double rouge, double probability, double ratio, string? answer = null)
    {
        var wrong = 1 - Math.Log(task.ToForget ? ratio : 1 - ratio);
        return new(task, [.. Rows.Select(row => new EvaluatedRow(new(-Math.Log(probability)), new(1), [new(wrong)], rouge)
        {
            Text = new(row.Question, answer ?? string.Create(CultureInfo.InvariantCulture, $"{rouge} to {row.Question}"), row.Answer),
        })]);
    }

    [Fact]
    public void A_comparison_puts_the_models_below_each_other_set_by_set()
    {
        var table = ResultTable.Compare(
        [
            ("trained", [Result(EvaluationTask.Forget, 0.9, 0.8, 0.7), Result(EvaluationTask.Retain, 0.6, 0.5, 0.4)]),
            ("NPO", [Result(EvaluationTask.Forget, 0.3, 0.2, 0.1)]),
        ]);

        Assert.Equal(["set", "model", "ROUGE-L recall", "probability", "truth ratio", "rows"], table.Columns.Select(column => column.Name));
        object?[][] expected =
        [
            ["forget", "trained", 0.9, 0.8, 0.7, 3],
            ["forget", "NPO", 0.3, 0.2, 0.1, 3],
            ["retain", "trained", 0.6, 0.5, 0.4, 3],
        ];
        Assert.Equal(expected, Cells(table));
    }

    [Fact]
    public void An_answer_without_end_is_cut()
    {
        var set = new EvaluationSet(EvaluationTask.Forget, Rows);
        var endless = Result(EvaluationTask.Forget, 1, 1, 1, answer: string.Concat(Enumerable.Repeat("word ", 60)));

        var shown = Assert.IsType<string>(ResultTable.Answers(set, [0], [("GA", endless)])[0, 2]);

        Assert.EndsWith("word …", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 80, 92);
    }

    [Fact]
    public void Answers_stand_beside_the_question_and_the_truth_one_column_a_model()
    {
        var set = new EvaluationSet(EvaluationTask.Forget, Rows);
        var table = ResultTable.Answers(set, [2, 0], [("trained", Result(EvaluationTask.Forget, 1, 1, 1)), ("NPO", Result(EvaluationTask.Forget, 0.5, 1, 1))]);

        Assert.Equal(["question", "truth", "trained", "NPO"], table.Columns.Select(column => column.Name));
        object?[][] expected = [["q2", "a2", "1 to q2", "0.5 to q2"], ["q0", "a0", "1 to q0", "0.5 to q0"]];
        Assert.Equal(expected, Cells(table));
    }

    private static object?[][] Cells(DataFrame table) =>
        [.. Enumerable.Range(0, (int)table.Rows.Count).Select(row => table.Columns.Select(column =>
            column[row] is double value ? Math.Round(value, 12) : column[row]).ToArray())];
}
