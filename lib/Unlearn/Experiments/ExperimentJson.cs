using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Unlearn.Dialogues.Experiments;

namespace Unlearn.Experiments;

/// <summary>Experiments as text that says which kind they are, so that they can be sent to another process.</summary>
/// <remarks>
/// The kinds stand here and not as attributes of <see cref="IExperiment"/>: attributes would add the kind wherever an experiment is written
/// as an object, in fingerprints too, and no result that was made before there were several kinds would be found again.
/// </remarks>
public static class ExperimentJson
{
    private static readonly JsonSerializerOptions Options = new(TrialStore.Json)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
    };

    /// <summary>The text, one line.</summary>
    /// <param name="experiment">Of any kind.</param>
    public static string Write(IExperiment experiment) => JsonSerializer.Serialize(experiment, Options);

    /// <summary>The experiment.</summary>
    /// <param name="text">What <see cref="Write"/> gave.</param>
    /// <exception cref="JsonException">It is no experiment.</exception>
    public static IExperiment Read(string text) => JsonSerializer.Deserialize<IExperiment>(text, Options)
        ?? throw new JsonException("Expected an experiment, got null.");

    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(IExperiment)) return;
        type.PolymorphismOptions = new()
        {
            TypeDiscriminatorPropertyName = "experiment",
            DerivedTypes =
            {
                new(typeof(TrialSpec), "unlearning"),
                new(typeof(ContinualTrialSpec), "continual"),
                new(typeof(RealWorldSpec), "real world"),
                new(typeof(DialogueSpec), "dialogues"),
            },
        };
    }
}
