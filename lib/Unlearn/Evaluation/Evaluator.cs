using Unlearn.Data;
using Unlearn.Metrics;
using Unlearn.Models;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>Runs TOFU's evaluation: one teacher-forced pass over all answers, one generation, then plain numbers.</summary>
/// <remarks>
/// <para>
/// A question is read once with all its answers as a tree of tokens (<see cref="AnswerTree"/>), each distinct answer is scored once, and
/// the same pass shows where greedy decoding agrees with one of them; only what goes on elsewhere is generated token by token.
/// </para>
/// <para>Answers are generated greedily, as TOFU does; NPO's repository samples.</para>
/// </remarks>
/// <param name="encoder">Makes prompts and answers.</param>
/// <param name="answerLimit">How long a generated answer may become; null for the mini scale's limit.</param>
public sealed class Evaluator(RowEncoder encoder, AnswerLimit? answerLimit = null)
{
    private readonly AnswerLimit answerLimit = answerLimit ?? new();

    /// <summary>Evaluates a model on several sets, which share their passes.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="sets">What to evaluate on; every row needs perturbed answers.</param>
    /// <param name="progress">Told how many questions are read, of how many.</param>
    /// <param name="cancellation">Ends the evaluation between two batches.</param>
    /// <exception cref="ArgumentException">A set has no rows, or a row has no perturbed answers.</exception>
    public IReadOnlyList<EvaluationResult> Run<TModel>(
        TModel model, IEnumerable<EvaluationSet> sets, IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellation = default)
        where TModel : nn.Module, ILanguageModel
    {
        EvaluationSet[] all = [.. sets];
        foreach (var set in all) Check(set);
        model.eval();

        // Questions with everything that may be asked of them; a question that stands in several rows or sets is read once.
        var questions = all.SelectMany(set => set.Rows).GroupBy(row => row.Question, StringComparer.Ordinal).ToDictionary(
            rows => rows.Key, rows => rows.SelectMany(Answers).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        AnswerTree[] trees = [.. questions.Select(question => new AnswerTree(
            encoder.Prompt(question.Key), question.Value.Select(answer => encoder.Answer(question.Key, answer))))];
        var scores = TreeScorer.Score(model, trees, encoder.End, progress, cancellation);
        var generated = Complete(model, [.. trees.Zip(scores, (tree, score) => (tree, score.Greedy))], cancellation);
        var read = questions.Zip(scores, generated).ToDictionary(
            entry => entry.First.Key,
            entry => (Losses: entry.First.Value.Zip(entry.Second.Losses).ToDictionary(StringComparer.Ordinal), Generated: entry.Third),
            StringComparer.Ordinal);

        return [.. all.Select(set => new EvaluationResult(set.Task, [.. set.Rows.Select(row =>
        {
            var (losses, answer) = read[row.Question];
            return new EvaluatedRow(
                losses[row.Answer], losses[row.ReferenceAnswer], [.. row.PerturbedAnswers.Select(wrong => losses[wrong])],
                RougeL.Recall(row.Answer, answer))
            {
                Rouge1 = Rouge1.Recall(row.Answer, answer),
                Text = new(row.Question, answer, row.Answer) { Original = row.OriginalAnswer },
            };
        })]))];
    }

    /// <summary>Evaluates a model on one set.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="set">What to evaluate on; every row needs perturbed answers.</param>
    public EvaluationResult Run<TModel>(TModel model, EvaluationSet set) where TModel : nn.Module, ILanguageModel => Run(model, [set])[0];

    /// <summary>Probability per token of each row's true answer: the cheap half of an evaluation, for curves.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="rows">The rows.</param>
    public static Measurement AnswerProbability<TModel>(TModel model, IReadOnlyList<EncodedRow> rows)
        where TModel : nn.Module, ILanguageModel
    {
        model.eval();
        return Probability.Measure(MeanLosses(model, rows));
    }

    /// <summary>Greedy answers, in the order of the questions.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="questions">The questions.</param>
    public IReadOnlyList<string> Answers<TModel>(TModel model, IEnumerable<string> questions) where TModel : nn.Module, ILanguageModel
    {
        model.eval();
        var generated = GreedyDecoder.Generate(model, questions.Select(encoder.Prompt), encoder.End, answerLimit);
        return [.. generated.Select(ids => encoder.Decode(ids))];
    }

    private static IEnumerable<string> Answers(QaRow row) => [row.Answer, row.ReferenceAnswer, .. row.PerturbedAnswers];

    private static void Check(EvaluationSet set)
    {
        if (set.Rows.Count == 0) throw new ArgumentException($"\"{set.Task.Name}\" should have at least one row but has none.");
        if (set.Rows.FirstOrDefault(row => !row.HasPerturbedAnswers) is { } bare)
        {
            throw new ArgumentException(
                $"Every row of \"{set.Task.Name}\" should have perturbed answers, but \"{bare.Question}\" has none.");
        }
    }

    // What no answer of a tree foretold is generated behind what one did.
    private string[] Complete<TModel>(
        TModel model, (AnswerTree Tree, (List<int> Tokens, bool Ended) Greedy)[] rows, CancellationToken cancellation)
        where TModel : nn.Module, ILanguageModel
    {
        var answers = rows.Select(row => row.Greedy.Tokens.Take(Limit(row.Tree)).ToList()).ToArray();
        int[] open = [.. Enumerable.Range(0, rows.Length)
            .Where(row => !rows[row].Greedy.Ended && answers[row].Count < Limit(rows[row].Tree))];
        var rest = GreedyDecoder.Generate(model,
            [.. open.Select(row => ((int[])[.. rows[row].Tree.Prompt, .. answers[row]], Limit(rows[row].Tree) - answers[row].Count))],
            encoder.End, cancellation);
        foreach (var (row, tokens) in open.Zip(rest)) answers[row].AddRange(tokens);
        return [.. answers.Select(encoder.Decode)];

        int Limit(AnswerTree tree) => (int)Math.Min(answerLimit.After(tree.Prompt.Length), model.Context - tree.Prompt.Length);
    }

    private static double[] MeanLosses<TModel>(TModel model, IReadOnlyList<EncodedRow> rows) where TModel : nn.Module, ILanguageModel =>
        [.. AnswerScorer.Score(model, rows).Zip(rows, (sum, row) => -sum / row.AnswerLength)];
}
