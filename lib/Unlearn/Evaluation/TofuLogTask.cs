using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Evaluation;

/// <summary>One set of a log: columns to rows and back.</summary>
internal static class TofuLogTask
{
    private const string AnswerMean = "avg_gt_loss", AnswerSum = "gt_loss", AnswerTokens = "num_token_gt";
    private const string ReferenceMean = "avg_paraphrased_loss", ReferenceSum = "paraphrased_loss";
    private const string ReferenceTokens = "num_token_paraphrased";
    private const string WrongMean = "average_perturb_loss", WrongSum = "perturb_loss", WrongTokens = "num_token_perturb";
    private const string RougeLRecall = "rougeL_recall", Rouge1Recall = "rouge1_recall", Texts = "generated_text";
    private const string Entropy = "token_entropy", Similarity = "cosine_similarity", Labels = "entailment_labels";
    private const string SimilarityBy = "cosine_similarity_by", EntailmentBy = "entailment_by";
    private const string Divergence = "kl_divergence", InverseTruthRatio = "truth_ratio", NormalizedLoss = "normalized_gt_loss";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a set.</summary>
    /// <param name="task">Which.</param>
    /// <param name="log">Its object of columns.</param>
    /// <param name="place">Where it stands, for messages.</param>
    public static EvaluationResult Read(EvaluationTask task, JsonElement log, string place)
    {
        var columns = new TofuLogColumns(log, place);
        var answers = columns.Numbers(AnswerMean);
        var count = answers.Length;
        var references = columns.Numbers(ReferenceMean, count);
        var wrong = columns.NumberLists(WrongMean, count);
        var texts = columns.Optional(Texts, columns.Texts, count);
        var rougeL = columns.Has(RougeLRecall) ? columns.Numbers(RougeLRecall, count)
            : texts?.Select(each => Metrics.RougeL.Recall(each.Text.Truth, each.Text.Generated)).ToArray()
            ?? throw Problem.In(place, $"expected a column '{RougeLRecall}', or '{Texts}' to compute it from, got neither");

        var rouge1 = columns.Optional(Rouge1Recall, columns.Numbers, count);
        var divergence = columns.Optional(Divergence, columns.Numbers, count);
        var entropy = columns.Optional(Entropy, columns.Shares, count);
        var similarity = columns.Optional(Similarity, columns.Shares, count);
        var labels = columns.Optional(Labels, columns.EntailmentLabels, count);
        var (answerSums, answerTokens) =
            (columns.Optional(AnswerSum, columns.Numbers, count), columns.Optional(AnswerTokens, columns.Counts, count));
        var (referenceSums, referenceTokens) =
            (columns.Optional(ReferenceSum, columns.Numbers, count), columns.Optional(ReferenceTokens, columns.Counts, count));
        var (wrongSums, wrongTokens) =
            (columns.Optional(WrongSum, columns.NumberLists, count), columns.Optional(WrongTokens, columns.CountLists, count));
        return new(task, [.. Enumerable.Range(0, count).Select(row => new EvaluatedRow(
            new(answers[row], answerSums?[row], answerTokens?[row]),
            new(references[row], referenceSums?[row], referenceTokens?[row]),
            [.. wrong[row].Select((loss, k) => new AnswerLoss(loss, At(wrongSums?[row], k), At(wrongTokens?[row], k)))],
            rougeL[row])
        {
            Rouge1 = rouge1?[row],
            Text = texts?[row].Text,
            Cleanness = texts?[row].Cleanness,
            Divergence = divergence?[row],
            TokenEntropy = entropy?[row],
            CosineSimilarity = similarity?[row],
            Entailment = labels?[row],
        })])
        {
            MeasuredBy = new(columns.Name(SimilarityBy), columns.Name(EntailmentBy)),
        };
    }

    // Tolerant of fewer entries than there are wrong answers: sums and counts enter no metric.
    private static T? At<T>(T[]? values, int index) where T : struct => values is not null && index < values.Length ? values[index] : null;

    /// <summary>The set's object of columns, each keyed by row number, as JSON text.</summary>
    public static string Write(EvaluationResult result)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            WriteColumns(writer, result);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteColumns(Utf8JsonWriter writer, EvaluationResult result)
    {
        // The published column holds p(wrong) / p(reference), the inverse of what is called s here.
        var ratios = result.TruthRatios();
        Column(AnswerMean, row => row.Answer.PerToken, writer.WriteNumberValue);
        Optional(AnswerSum, row => row.Answer.Sum, writer.WriteNumberValue);
        Optional(AnswerTokens, row => row.Answer.Tokens, writer.WriteNumberValue);
        OptionalText();
        Optional(Rouge1Recall, row => row.Rouge1, writer.WriteNumberValue);
        Column(RougeLRecall, row => row.RougeL, writer.WriteNumberValue);
        Column(WrongMean, row => row.Wrong.Select(loss => loss.PerToken), values => List(values, writer.WriteNumberValue));
        Column(ReferenceMean, row => row.Reference.PerToken, writer.WriteNumberValue);
        Rows(InverseTruthRatio, row => writer.WriteNumberValue(1 / ratios[row]));
        Optional(ReferenceSum, row => row.Reference.Sum, writer.WriteNumberValue);
        if (result.Rows.All(row => row.Wrong.All(loss => loss.Sum is not null)))
            Column(WrongSum, row => row.Wrong.Select(loss => loss.Sum!.Value), values => List(values, writer.WriteNumberValue));
        Optional(ReferenceTokens, row => row.Reference.Tokens, writer.WriteNumberValue);
        if (result.Rows.All(row => row.Wrong.All(loss => loss.Tokens is not null)))
            Column(WrongTokens, row => row.Wrong.Select(loss => loss.Tokens!.Value), values => List(values, writer.WriteNumberValue));
        if (result.Task.MultipleChoice)
            Rows(NormalizedLoss, row => writer.WriteNumberValue(-Math.Log(Math.Max(double.Epsilon, result.Probability.PerItem[row]))));
        Optional(Divergence, row => row.Divergence, writer.WriteNumberValue);
        Optional(Entropy, row => row.TokenEntropy, writer.WriteNumberValue);
        Optional(Similarity, row => row.CosineSimilarity, writer.WriteNumberValue);
        Optional(Labels, row => row.Entailment, label => writer.WriteStringValue(label.ToString().ToLowerInvariant()));
        if (result.MeasuredBy.Similarity is { } embedder) writer.WriteString(SimilarityBy, embedder);
        if (result.MeasuredBy.Entailment is { } judge) writer.WriteString(EntailmentBy, judge);

        void Column<T>(string name, Func<EvaluatedRow, T> value, Action<T> write) => Rows(name, row => write(value(result.Rows[row])));

        // A column of which any row lacks the value is left out.
        void Optional<T>(string name, Func<EvaluatedRow, T?> value, Action<T> write) where T : struct
        {
            if (result.Rows.All(row => value(row) is not null)) Column(name, row => value(row)!.Value, write);
        }

        void OptionalText()
        {
            if (result.Rows.Any(row => row.Text is null)) return;
            var scored = result.HasCleanness;
            Column(Texts, row => row, row =>
            {
                writer.WriteStartArray();
                foreach (var text in (string?[])[row.Text!.Prompt, row.Text.Generated, row.Text.Truth, row.Text.Original])
                    if (text is not null) writer.WriteStringValue(text);
                if (scored) writer.WriteNumberValue(row.Cleanness!.Value);
                writer.WriteEndArray();
            });
        }

        void Rows(string name, Action<int> write)
        {
            writer.WriteStartObject(name);
            for (var row = 0; row < result.Rows.Length; row++)
            {
                writer.WritePropertyName(row.ToString(System.Globalization.CultureInfo.InvariantCulture));
                write(row);
            }
            writer.WriteEndObject();
        }

        void List<T>(IEnumerable<T> values, Action<T> write)
        {
            writer.WriteStartArray();
            foreach (var value in values) write(value);
            writer.WriteEndArray();
        }
    }
}
