using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Unlearn.Models.Encoders;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>What the library can do with a folder.</summary>
public enum ModelUse
{
    /// <summary>Nothing that it knows of.</summary>
    Unknown,

    /// <summary>A language model, which can be trained, unlearned and evaluated.</summary>
    LanguageModel,

    /// <summary>A judge that says of which class a text is (<see cref="TextClassifier"/>).</summary>
    Classifier,

    /// <summary>A judge that says how near two texts are (<see cref="Encoders.SentenceEncoder"/>).</summary>
    SentenceEncoder,

    /// <summary>Adapters, used with the model that they name.</summary>
    Adapters,
}

/// <summary>Asks the readers themselves, down to the names and shapes of all weights.</summary>
internal static class ModelUses
{
    /// <summary>What a folder is good for.</summary>
    /// <param name="folder">Holds a configuration.</param>
    /// <param name="config">Its contents.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="labels">The classes of a classifier.</param>
    /// <param name="why">Why it is good for nothing, if so.</param>
    public static ModelUse Of(
        string folder, JsonElement config, ModelWeights weights, out ImmutableArray<string> labels, out string? why)
    {
        (labels, why) = ([], null);
        try
        {
            var type = new JsonPart(config, "")["model_type"];
            if (ModelShape.Types.Contains(type.Text()))
            {
                var shape = ModelShape.Read(config);
                CheckpointWeights.Check(weights, shape.Build, shape.Layers);
                return ModelUse.LanguageModel;
            }
            if (TextClassifier.Types.Contains(type.Text()))
            {
                var plan = TextClassifier.PlanOf(folder);
                CheckpointWeights.Check(weights, plan.Build, plan.Layers);
                labels = plan.Labels;
                return ModelUse.Classifier;
            }
            if (type.Text() != SentenceEncoder.Type)
            {
                string[] known = [.. ModelShape.Types, .. TextClassifier.Types, SentenceEncoder.Type];
                throw type.Not($"a model that the library has: {string.Join(", ", known.Order(StringComparer.Ordinal))};");
            }
            var encoder = SentenceEncoder.ShapeOf(folder);
            CheckpointWeights.Check(weights, () => new Bert(encoder), encoder.Layers);
            return ModelUse.SentenceEncoder;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException or InvalidDataException
            or InvalidOperationException or ExternalException)
        {
            why = Complaint.Of(error);
            return ModelUse.Unknown;
        }
    }
}
