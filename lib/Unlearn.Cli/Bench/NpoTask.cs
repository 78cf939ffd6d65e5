using System.Text.Json;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Cli.Bench;

/// <summary>The work of <c>unlearn bench npo</c>, the same for both sides: rows, plan, and for the peer every batch.</summary>
/// <param name="Forget">Rows to forget; a whole number of batches, so that all are full.</param>
/// <param name="Retain">Rows to keep.</param>
/// <param name="Plan">How long and how fast.</param>
/// <param name="Length">Tokens to which the peer fills rows up.</param>
/// <param name="End">The end token.</param>
internal sealed record NpoTask(IReadOnlyList<NpoTask.Row> Forget, IReadOnlyList<NpoTask.Row> Retain, TrainingPlan Plan, int Length, int End)
{
    public const double Beta = 0.1;
    private const int DeviceBatch = 4;

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>NPO with a retain term on rows of a split, in the authors' pairing, device batches of four, no clipping.</summary>
    public static NpoTask Of(ForgetSplit split, RowEncoder encoder, int batch, int steps, int length)
    {
        var forget = split.Forget.Select(encoder.Encode).ToArray();
        Row[] Rows(IEnumerable<EncodedRow> rows) => [.. rows.Select(row => new Row(row.Ids, row.PromptLength))];
        return new(Rows(forget[..(forget.Length / batch * batch)]), Rows(split.Retain.Select(encoder.Encode)),
            new(steps, 1e-4, batch, WarmUpSteps: 5, WeightDecay: 0.01, ClipNorm: double.PositiveInfinity, RowsPerLoss: DeviceBatch),
            length, encoder.End);
    }

    /// <summary>The objective.</summary>
    public static Objective Objective => NpoPaper.Method("NPO+RT", Beta);

    public static NpoTask Read(string path) => JsonSerializer.Deserialize<NpoTask>(File.ReadAllBytes(path), Json)!;

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>The rows as unlearning takes them.</summary>
    public UnlearningRows Rows() => new([.. Forget.Select(row => row.Encoded)], [.. Retain.Select(row => row.Encoded)])
    {
        Pairing = Pairing.Authors,
    };

    /// <summary>What the peer reads: every step's rows and rate.</summary>
    public void WriteForPeer(string path)
    {
        var batches = RowBatches.Endless([.. Forget.Select(row => row.Ids.Length)], Plan.BatchSize, Plan.Seed).Take(Plan.Steps);
        object Plain(Row row) => new { ids = row.Ids, prompt = row.Prompt };
        long R = Retain.Count;
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(new
        {
            length = Length,
            end = End,
            beta = Beta,
            device_batch = DeviceBatch,
            weight_decay = Plan.WeightDecay,
            steps = batches.Select((batch, step) => new
            {
                rate = Plan.LearningRate * Plan.Rate(step),
                forget = batch.Select(row => Plain(Forget[row])),
                retain = batch.Select(row => Plain(Retain[(int)((row + MersenneTwister.First((uint)row) % R) % R)])),
            }),
        }));
    }

    /// <summary>A row.</summary>
    internal sealed record Row(int[] Ids, int Prompt)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public EncodedRow Encoded => new(Ids, Prompt);
    }
}
