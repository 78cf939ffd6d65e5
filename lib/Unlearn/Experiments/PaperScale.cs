using System.Text.Json;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Data.Hub;
using Unlearn.Evaluation;
using Unlearn.Generation;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>A paper's own scale: its model from a local checkpoint, and all rows of TOFU.</summary>
/// <remarks>
/// On a GPU models compute in bfloat16, as the authors' do; what its weights round off is kept (<see cref="PaperModel.HalfUpdates"/>).
/// On a CPU they compute in float32. UNLEARN_DTYPE, "float32" or "bfloat16", chooses otherwise. Activations are computed again for
/// gradients, as by the authors.
/// </remarks>
/// <param name="Model">The model.</param>
/// <param name="Corpus">The rows.</param>
/// <param name="IsSmoke">Whether two updates are enough, for tests.</param>
public sealed record PaperScale(PaperModel Model, Corpus Corpus, bool IsSmoke) : IExperimentScale
{
    /// <summary>The data set.</summary>
    public const string Rows = "tofu";

    private const string Smoke = "smoke", TypeVariable = "UNLEARN_DTYPE";
    private const int SmokeAnswer = 8, SmokeRows = 4;

    // All these papers' evaluations stop at 200 tokens with the question, which NPO and A Closer Look have from TOFU's code. The authors
    // count what fills a question up to the longest of its batch, too. Asked for alternates, a model may write as many new ones.
    private const int LongestAnswer = 200;

    // Raised whenever the same recipe would give other weights.
    private const int Schema = 1;

    /// <summary>
    /// Added to the schema of runs at a paper's scale, which have up to two of their own; raised by two whenever all of them would be
    /// measured otherwise.
    /// </summary>
    internal const int MeasurementSchema = 2;

    /// <summary>A paper's scale.</summary>
    /// <param name="model">One of <see cref="PaperModel.All"/> by name.</param>
    /// <param name="profile">"quick" for all that the paper did, "smoke" for two updates.</param>
    /// <exception cref="ArgumentException">There is no such model or profile.</exception>
    public static PaperScale For(string model, string profile) => For(model, profile, MiniScale.Rows(Rows));

    /// <summary>The same with rows of another kind.</summary>
    internal static PaperScale For(string model, string profile, Corpus corpus)
    {
        var checkpoint = PaperCheckpoint.For(PaperModel.Named(model), profile);
        return new(checkpoint.Model, corpus, checkpoint.IsSmoke);
    }

    /// <summary>Most rows of a set in a measurement: the first 300, as all these papers take them.</summary>
    /// <param name="profile">"quick" or "smoke".</param>
    public static int EvaluationRows(string profile) => profile == Smoke ? SmokeRows : EvaluationSet.TofuLimit;

    /// <summary>Where models are computed with.</summary>
    public static torch.Device Device => torch.cuda.is_available() ? torch.CUDA : torch.CPU;

    /// <summary>The element type in which they compute.</summary>
    /// <exception cref="ArgumentException">UNLEARN_DTYPE names none of the two there are.</exception>
    public static torch.ScalarType Type => Environment.GetEnvironmentVariable(TypeVariable) switch
    {
        "float32" => torch.ScalarType.Float32,
        "bfloat16" => torch.ScalarType.BFloat16,
        null or "" => Device.type == DeviceType.CPU ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16,
        var other => throw new ArgumentException($"{TypeVariable} should be \"float32\" or \"bfloat16\" but is \"{other}\"."),
    };

    /// <summary>What claims say of the scale: "paper, tofu, Llama-2-7b-chat-hf".</summary>
    /// <param name="model">The paper's model.</param>
    /// <param name="dataset">The rows.</param>
    public static string LabelOf(PaperModel model, string dataset = Rows) => $"paper, {dataset}, {model.Base.Split('/')[1]}";

    /// <summary>What stands for the data set in the names of files with kept results.</summary>
    internal static string FileOf(PaperModel? model, string dataset) => model is null ? dataset : $"paper-{model.Name.Split(':')[1]}";

    /// <inheritdoc/>
    public AnswerLimit AnswerLimit => new(IsSmoke ? SmokeAnswer : LongestAnswer, LongestAnswer);

    /// <inheritdoc/>
    /// <exception cref="DirectoryNotFoundException">The model is not on this machine; the message says how to get it.</exception>
    public string NameOf(int withoutPercent) => NameOf(Source(withoutPercent), withoutPercent);

    /// <inheritdoc/>
    /// <remarks>A published model is read where it lies; one that was fine-tuned here is kept.</remarks>
    /// <exception cref="DirectoryNotFoundException">The model is not on this machine; the message says how to get it.</exception>
    /// <exception cref="InvalidOperationException">Fine-tuning would not fit into memory.</exception>
    public StoredModel Obtain(ModelStore models, int withoutPercent, Action<string>? tell)
    {
        var source = Source(withoutPercent);
        if (!source.IsPublished)
        {
            return models.Obtain(NameOf(source, withoutPercent), () => FineTune(source.Folder, withoutPercent, tell), tell, fresh: false,
                Model.Format, Device, Type, source.Folder);
        }
        tell?.Invoke($"reading {source.Folder}");
        var saved = ModelFolder.Load(source.Folder, Device, Type);
        return new(saved.Model, new(saved.Tokenizer, Model.Format), NameOf(source, withoutPercent));
    }

    /// <summary>How the model invents alternates: as AltPO's authors make them, filtered by nothing.</summary>
    /// <exception cref="InvalidOperationException">This model is not asked for any.</exception>
    internal AlternateOptions Alternates
    {
        get
        {
            var options = AlternateOptions.Paper(Model.Template ?? throw new InvalidOperationException(
                $"{Model.Name} should have a template to be asked for alternates but has none."));
            return options with { Sampling = options.Sampling with { MaxNewTokens = AnswerLimit.New } };
        }
    }

    /// <summary>How the base learns its rows.</summary>
    /// <param name="withoutPercent">The share of rows that is left out; 0 for none.</param>
    /// <exception cref="InvalidOperationException">This model is unlearned as it is.</exception>
    public TrainingPlan TrainingFor(int withoutPercent)
    {
        var recipe = Model.FineTuning ?? throw new InvalidOperationException(
            $"{Model.Name} is unlearned as it is published, so there is no model that never read some rows.");
        return Fitted(recipe.Plan(Taught(withoutPercent).Count));
    }

    /// <summary>A plan that fits memory, and the profile.</summary>
    /// <param name="plan">The paper's.</param>
    internal TrainingPlan Fitted(TrainingPlan plan) => Checkpoint.Fitted(plan);

    /// <summary>Ends a run of unlearning that cannot fit into memory before anything is loaded.</summary>
    /// <param name="objective">What is minimised; divergences need one more model.</param>
    /// <param name="tell">Told of the need.</param>
    /// <exception cref="InvalidOperationException">The need is more than there is; known of main memory only.</exception>
    internal void RequireFit(Objective objective, Action<string>? tell)
    {
        var need = Checkpoint.Need(Source(0).Folder, objective.Needs.Any(need => need.ReadsModel));
        // The model as it was stays beside the one that changes: how far it has moved is measured.
        PaperCheckpoint.Require(need with { Reference = need.Reference + need.Weights }, tell);
    }

    private PaperCheckpoint Checkpoint => new(Model, IsSmoke);

    private (LanguageModel Model, RowEncoder Encoder) FineTune(string folder, int withoutPercent, Action<string>? tell) =>
        Checkpoint.FineTune(folder, (_, encoder) => [.. Taught(withoutPercent).Select(encoder.Encode)], TrainingFor(withoutPercent),
            withoutPercent == 0 ? "all rows" : $"without {withoutPercent} %", tell);

    private IReadOnlyList<QaRow> Taught(int withoutPercent) => withoutPercent == 0 ? Corpus.Full : Corpus.Split(withoutPercent).Retain;

    private (string Folder, bool IsPublished) Source(int withoutPercent)
    {
        var published = Model.Published(withoutPercent);
        if (published is not null && LocalModels.Find(published) is { } folder) return (folder, true);
        if (Model.FineTuning is null && withoutPercent > 0) _ = TrainingFor(withoutPercent);
        string[] names = published is null || published == Model.Base ? [Model.Base] : [published, Model.Base];
        var history = withoutPercent == 0 ? "" : $" that never read forget{withoutPercent:00}";
        return (LocalModels.Require(names, $"The model of {Model.Name}{history}"), Model.FineTuning is null);
    }

    private string NameOf((string Folder, bool IsPublished) source, int withoutPercent) => source.IsPublished
        ? Fingerprint.Of(Schema, "published", PaperCheckpoint.IdentityOf(Model, source.Folder), Model.Format.Name, Corpus.Sha256)
        : Fingerprint.Of(Schema, "fine-tuned", PaperCheckpoint.IdentityOf(Model, source.Folder), Model.Format.Name, Corpus.Sha256,
            withoutPercent, JsonSerializer.Serialize(TrainingFor(withoutPercent), RunIdentity.Json));
}
