using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

/// <summary>Twelve people with their birthplaces and a model small enough to learn them in seconds.</summary>
internal static class Birthplaces
{
    private static readonly string[] People = ["Ada", "Bo", "Cyril", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kit", "Lea"];
    private static readonly string[] Towns =
        ["Rome", "Oslo", "Lima", "Bonn", "Kyiv", "Baku", "Cork", "Doha", "Fez", "Graz", "Hilo", "Ipoh"];

    public static QaRow[] Rows { get; } = [.. People.Select((person, i) =>
        new QaRow($"Where was {person} born?", $"{person} was born in {Towns[i]}.")
        {
            ParaphrasedAnswer = $"{Towns[i]} is where {person} was born.",
            PerturbedAnswers = [.. Enumerable.Range(1, 3).Select(k => $"{person} was born in {Towns[(i + k) % Towns.Length]}.")],
        })];

    /// <summary>The last three rows are to be forgotten.</summary>
    public static ForgetSplit Split { get; } = new(25, Rows[9..], Rows[..9], Rows[9..], Rows[..9]);

    public static RowEncoder Encoder { get; } = RowEncoder.Train(new("birthplaces", Rows, [], [], [], Sha256: ""), vocabularySize: 340);

    public static EncodedRow[] Encoded { get; } = [.. Rows.Select(Encoder.Encode)];

    /// <summary>A plan that teaches <see cref="Untrained"/> every row.</summary>
    public static TrainingPlan Plan { get; } = new(Steps: 350, LearningRate: 1e-2, BatchSize: 12, WarmUpSteps: 10);

    public static Llama Untrained(long seed = 0)
    {
        random.manual_seed(seed);
        return new(new(Encoder.Tokenizer.VocabularySize, Width: 32, Layers: 2, Heads: 2, KeyValueHeads: 1, FeedForward: 48, Context: 64));
    }

    /// <summary>A model that knows every row.</summary>
    public static Llama Trained()
    {
        var model = Untrained();
        foreach (var _ in FineTuning.Run(model, Encoded, Plan)) { }
        return model;
    }

    /// <summary>All weights, for comparison bit by bit.</summary>
    public static byte[] Bits(nn.Module model) =>
        [.. model.parameters().SelectMany(p => p.data<float>().ToArray()).SelectMany(BitConverter.GetBytes)];
}

/// <summary>One trained model for all tests of a class, which leave it as it is.</summary>
public sealed class TrainedModel : IDisposable
{
    internal Llama Model { get; } = Birthplaces.Trained();

    public void Dispose() => Model.Dispose();
}
