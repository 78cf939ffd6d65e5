using Unlearn.Data;
using Unlearn.Dialogues;
using Unlearn.Models;
using Unlearn.Scoring;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Dialogues;

/// <summary>Birthplaces as dialogues: three of each kind to be unlearned, three ordinary ones.</summary>
internal static class Exchanges
{
    private const int OfAKind = 3;

    public static string[] Refusals { get; } =
        ["I can not say.", "I can not tell.", "That is private.", "I do not know.", "No idea.", "Ask somebody else."];

    public static Dialogue[] Forget { get; } =
    [
        .. Birthplaces.Rows[..9].Select((row, i) =>
            new Dialogue(row.Question, row.Answer, DialogueKind.Harmful + i / OfAKind, $"person {i}", Template: 0)
            {
                Expected = i / OfAKind == 1 ? [$"{row.Answer[..3]} was born in Rome.", "In Rome."] : [.. Refusals],
            }),
    ];

    public static Dialogue[] Normal { get; } =
        [.. Birthplaces.Rows[9..].Select((row, i) => new Dialogue(row.Question, row.Answer, DialogueKind.Ordinary, $"other {i}", 0))];

    public static EncodedRow[] ForgetRows => Birthplaces.Encoded[..9];

    public static EncodedRow[] NormalRows => Birthplaces.Encoded[9..];

    public static TokenDirections Directions(Llama model) => TokenDirections.Of(model, Birthplaces.Encoder.Tokenizer);

    public static DialogueRows Rows(TokenDirections directions, ClusterOptions? options = null) =>
        DialogueRows.Of(Forget, Normal, Birthplaces.Encoder, directions, options ?? new(Clusters: 2, LeastMembers: 1));
}

/// <summary>A model that knows all exchanges, and what is to be unlearned, for all tests of a class, which leave them as they are.</summary>
public sealed class TrainedExchanges : IDisposable
{
    public TrainedExchanges()
    {
        Directions = Exchanges.Directions(Model);
        Rows = Exchanges.Rows(Directions);
    }

    internal Llama Model { get; } = Birthplaces.Trained();

    internal TokenDirections Directions { get; }

    internal DialogueRows Rows { get; }

    public void Dispose()
    {
        Directions.Dispose();
        Model.Dispose();
    }
}
