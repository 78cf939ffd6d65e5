using System.Text.Json;
using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Models;
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
    /// <exception cref="DirectoryNotFoundException">A published model is not on this machine; the message says how to get it.</exception>
    public static string NameOf(DialogueScale scale, DialogueModel which) => scale.Preset is { } preset
        ? Fingerprint.Of("dialogues", Schema, "fine-tuned", PaperCheckpoint.IdentityOf(preset.Model, scale.Folder),
            preset.Model.Format.Name, scale.World.Sha256, which, JsonSerializer.Serialize(scale.TrainingFor(which), RunIdentity.Json))
        : Fingerprint.Of("dialogues", Schema, scale.World.Sha256, which, scale.Vocabulary, scale.Width, scale.TrainingFor(which));

    /// <summary>Loads a model, or trains it first. Another process that wants the same one waits for it.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="scale">Data, sizes, training and seed.</param>
    /// <param name="which">The model.</param>
    /// <param name="tell">Told of the training's progress.</param>
    /// <param name="fresh">Whether a kept model is ignored and replaced.</param>
    /// <exception cref="DirectoryNotFoundException">A published model is not on this machine; the message says how to get it.</exception>
    /// <exception cref="InvalidOperationException">Teaching a published model would not fit into memory.</exception>
    public static StoredModel Obtain(
        this ModelStore store, DialogueScale scale, DialogueModel which = DialogueModel.Base, Action<string>? tell = null,
        bool fresh = false)
    {
        if (scale.Checkpoint is { } checkpoint)
        {
            var folder = scale.Folder;
            return store.Obtain(NameOf(scale, which), () => checkpoint.FineTune(
                    folder, (model, encoder) => Fitting(model, Rows(scale, which, encoder)), scale.TrainingFor(which), $"{which} model",
                    tell), tell, fresh, checkpoint.Model.Format, PaperScale.Device, PaperScale.Type, folder);
        }
        return store.Obtain(NameOf(scale, which), () =>
        {
            var encoder = scale.TrainEncoder();
            return (ModelStore.Train(
                scale.Shape(encoder), Rows(scale, which, encoder), scale.TrainingFor(which), tell, $"{which} model"), encoder);
        }, tell, fresh);
    }

    private static EncodedRow[] Rows(DialogueScale scale, DialogueModel which, RowEncoder encoder) =>
        [.. scale.Taught(which).Select(dialogue => encoder.Encode(dialogue.Prompt, dialogue.Answer))];

    private static EncodedRow[] Fitting(LanguageModel model, EncodedRow[] rows)
    {
        const int Limit = DialoguePreset.LongestRow;
        if (model.Context < Limit)
            throw new InvalidDataException($"The model should read {Limit} tokens at least but reads {model.Context}.");
        var longest = rows.Max(row => row.Ids.Length);
        return longest <= Limit ? rows : throw new InvalidDataException(
            $"A dialogue should have {Limit} tokens at most but one has {longest}: the tokenizer cuts it into too many pieces.");
    }
}
