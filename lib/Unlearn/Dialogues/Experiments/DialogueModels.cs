using Unlearn.Experiments;
using Unlearn.Training;

namespace Unlearn.Dialogues.Experiments;

/// <summary>The dialogue models of a store: each is trained once, whichever notebook or process asks first.</summary>
public static class DialogueModels
{
    // Raised whenever the same recipe would give other weights.
    private const int Schema = 1;

    /// <summary>The name under which a model is kept.</summary>
    /// <param name="scale">Data, sizes, training and seed.</param>
    /// <param name="which">The model.</param>
    public static string NameOf(DialogueScale scale, DialogueModel which) => Fingerprint.Of(
        "dialogues", Schema, scale.World.Sha256, which, scale.Vocabulary, scale.Width, scale.TrainingFor(which));

    /// <summary>Loads a model, or trains it first. Another process that wants the same one waits for it.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="scale">Data, sizes, training and seed.</param>
    /// <param name="which">The model.</param>
    /// <param name="tell">Told of the training's progress.</param>
    /// <param name="fresh">Whether a kept model is ignored and replaced.</param>
    public static StoredModel Obtain(
        this ModelStore store, DialogueScale scale, DialogueModel which = DialogueModel.Base, Action<string>? tell = null,
        bool fresh = false) =>
        store.Obtain(NameOf(scale, which), () =>
        {
            var encoder = scale.TrainEncoder();
            return (ModelStore.Train(
                scale.Shape(encoder), [.. scale.Taught(which).Select(dialogue => encoder.Encode(dialogue.Prompt, dialogue.Answer))],
                scale.TrainingFor(which), tell, $"{which} model"), encoder);
        }, tell, fresh);
}
