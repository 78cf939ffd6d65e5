using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>Models that were trained here, on disk: each is trained once, whichever notebook or process asks first.</summary>
/// <param name="folder">Where models are kept, one folder each, named by fingerprint.</param>
public sealed class ModelStore(string folder)
{
    // Raised whenever the same recipe would give other weights: a new model, trainer or tokenizer.
    private const int Schema = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>The store that notebooks and commands share.</summary>
    public static ModelStore Shared => new(CacheFolder.Of("models"));

    /// <summary>The name under which a model is kept.</summary>
    /// <param name="scale">Data, sizes, training and seed.</param>
    /// <param name="withoutPercent">The share of rows it never saw; 0 for the model that saw everything.</param>
    public static string NameOf(MiniScale scale, int withoutPercent) => Fingerprint.Of(
    [
        Schema, scale.Corpus.Sha256, withoutPercent, scale.Vocabulary, scale.Width, scale.TrainingFor(withoutPercent),
        .. scale.Teaching is { } teaching ? [teaching] : (object[])[],
    ]);

    /// <summary>Whether a model is there without training.</summary>
    /// <param name="scale">Data, sizes, training and seed.</param>
    /// <param name="withoutPercent">The share of rows it never saw.</param>
    public bool Has(MiniScale scale, int withoutPercent) => File.Exists(Path.Combine(FolderOf(scale, withoutPercent), "config.json"));

    /// <summary>Loads a model, or trains it first. Another process that wants the same one waits for it.</summary>
    /// <param name="scale">Data, sizes, training and seed.</param>
    /// <param name="withoutPercent">The share of rows it must never see: the retain model of that split. 0 for none.</param>
    /// <param name="tell">Told of the training's progress.</param>
    /// <param name="fresh">Whether a kept model is ignored and replaced.</param>
    public StoredModel Obtain(MiniScale scale, int withoutPercent = 0, Action<string>? tell = null, bool fresh = false) =>
        Obtain(NameOf(scale, withoutPercent), () => Train(scale, withoutPercent, tell), tell, fresh);

    /// <summary>The same for any model whose name says everything that decides its weights.</summary>
    /// <param name="name">Its fingerprint.</param>
    /// <param name="train">Trains it where it is not there; its model is freed.</param>
    /// <param name="tell">Told what the store waits for.</param>
    /// <param name="fresh">Whether a kept model is ignored and replaced.</param>
    /// <param name="format">The prompt format; null for the mini scale's.</param>
    /// <param name="device">Where the model should be; CPU when null.</param>
    /// <param name="type">Its element type; float32 when null.</param>
    /// <param name="origin">The folder of the model that it was made from; null for none.</param>
    internal StoredModel Obtain(
        string name, Func<(LanguageModel Model, RowEncoder Encoder)> train, Action<string>? tell, bool fresh, PromptFormat? format = null,
        torch.Device? device = null, torch.ScalarType? type = null, string? origin = null)
    {
        var place = Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        using var door = Lock(place + ".lock", tell);
        var saved = fresh ? null : Kept(place, device, type, tell);
        if (saved is null)
        {
            var (model, encoder) = train();
            using (model) ModelFolder.Save(place, model, encoder.Tokenizer, origin: origin);
            saved = ModelFolder.Load(place, device, type);
        }
        return new(saved.Model, new RowEncoder(saved.Tokenizer, format), name);
    }

    /// <summary>A damaged model is as good as none: it can be trained again.</summary>
    private static SavedModel? Kept(string place, torch.Device? device, torch.ScalarType? type, Action<string>? tell)
    {
        try
        {
            return ModelFolder.Load(place, device, type);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException damage)
        {
            tell?.Invoke($"training again what was kept: {damage.Message}");
            return null;
        }
    }

    private string FolderOf(MiniScale scale, int withoutPercent) => Path.Combine(folder, NameOf(scale, withoutPercent));

    private static (LanguageModel Model, RowEncoder Encoder) Train(MiniScale scale, int withoutPercent, Action<string>? tell)
    {
        var encoder = scale.TrainEncoder();
        return (Train(scale.Shape(encoder), scale.TrainingRows(encoder, withoutPercent), scale.TrainingFor(withoutPercent), tell,
            withoutPercent == 0 ? "full model" : $"retain model without {withoutPercent} %"), encoder);
    }

    /// <summary>Trains a model from nothing.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="rows">What it learns.</param>
    /// <param name="plan">How long and how fast; its seed decides the first weights too.</param>
    /// <param name="tell">Told of progress.</param>
    /// <param name="label">Put before what is told.</param>
    internal static LanguageModel Train(
        LlamaShape shape, IReadOnlyList<EncodedRow> rows, TrainingPlan plan, Action<string>? tell, string label)
    {
        torch.manual_seed(plan.Seed);
        var model = new Llama(shape);
        try
        {
            foreach (var _ in FineTuning.Run(model, rows, plan).Reporting(tell, label)) { }
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static FileStream Lock(string path, Action<string>? tell)
    {
        for (var told = false; ; Thread.Sleep(Patience))
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!told) tell?.Invoke("another process is at this model; waiting for it");
                told = true;
            }
        }
    }
}

/// <summary>A model from the store with its encoder.</summary>
/// <param name="Model">Freed with this.</param>
/// <param name="Encoder">Makes rows into tokens.</param>
/// <param name="Fingerprint">What decided its weights.</param>
public sealed record StoredModel(LanguageModel Model, RowEncoder Encoder, string Fingerprint) : IDisposable
{
    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
