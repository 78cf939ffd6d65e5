using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Generation;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>A model that a paper unlearns, by its names on Hugging Face's hub, and how it comes to know what it is to forget.</summary>
/// <remarks>
/// Nothing is downloaded when an experiment runs: <see cref="Data.Hub.LocalModels"/> says where models are looked for. Where a published
/// fine-tuned model is not there but its base is, the base is fine-tuned here by the paper's recipe and kept.
/// </remarks>
/// <param name="Name">A short name, with the paper's before a colon.</param>
/// <param name="Base">The model before any fine-tuning.</param>
/// <param name="Format">How questions and answers are written.</param>
/// <param name="FineTuning">How the base learns TOFU, or the world of dialogues; null where it is unlearned as it is.</param>
public sealed record PaperModel(string Name, string Base, PromptFormat Format, FineTuningRecipe? FineTuning)
{
    private const char Divider = ':';
    private const string Paper = "paper", Mini = "mini";

    private const string Llama2 = "meta-llama/Llama-2-7b-chat-hf";

    /// <summary>The published model that has read all rows; null for none.</summary>
    public string? Full { get; init; }

    /// <summary>The published models that never read a forget set, without their ending <c>_retain90</c>; null for none.</summary>
    public string? Retain { get; init; }

    /// <summary>Rows of all kinds that go through the model at once. Changes memory, not results.</summary>
    public int RowsAtOnce { get; init; } = 4;

    /// <summary>
    /// How bfloat16 weights take small updates. The authors' masters in float32 take 20 bytes a weight; models of 7 and 8 billion weights
    /// keep what rounding takes away in bfloat16 instead, which comes to the same numbers nearly and fits one large GPU.
    /// </summary>
    public HalfUpdates HalfUpdates { get; init; } = HalfUpdates.Compensated;

    /// <summary>How it is asked for alternates; null in papers that need none.</summary>
    public InstructionTemplate? Template { get; init; }

    /// <summary>
    /// The NPO paper: Llama-2-7b-chat after TOFU's authors' fine-tuning. Its own fine-tuning, of retain models, warms up over a tenth of
    /// the updates. (Zhang et al., 2404.05868, section 4 and code.)
    /// </summary>
    /// <remarks>The authors publish no retain models; those of open-unlearning are of the same base and split.</remarks>
    public static PaperModel Npo { get; } = new(
        "npo:llama2-7b", Llama2, PromptFormat.Llama2Chat, FineTuningRecipe.Tofu with { WarmUp = 0.1 })
    {
        Full = "locuslab/tofu_ft_llama2-7b",
        Retain = "open-unlearning/tofu_Llama-2-7b-chat-hf",
    };

    /// <summary>AltPO's first model: the same one, with TOFU's own retain models. (Mekala et al., 2409.13474, code.)</summary>
    public static PaperModel AltPo { get; } = Npo with
    {
        Name = "altpo:llama2-7b",
        FineTuning = FineTuningRecipe.Tofu,
        Template = InstructionTemplate.Llama2,
    };

    /// <summary>
    /// AltPO's second model: the authors' own fine-tuning, which is not published, in batches of 35 at 5·10⁻⁵. (The same code.)
    /// </summary>
    public static PaperModel AltPoLlama32 { get; } = new(
        "altpo:llama3.2-3b", "meta-llama/Llama-3.2-3B-Instruct", PromptFormat.Llama32AltPo,
        new(Rate: 5e-5, Batch: 35, RowsPerLoss: 5, ClipNorm: 1, Seed: 1))
    {
        HalfUpdates = HalfUpdates.Masters,
        Template = InstructionTemplate.Llama32,
    };

    /// <summary>
    /// The smallest model on which AltPO was run: open-unlearning's, with its prompt format and published models. Where only the base is
    /// there, TOFU's recipe takes the place of open-unlearning's. It is unlearned as the authors unlearn theirs, in batches of 35 rather
    /// than open-unlearning's 32.
    /// </summary>
    public static PaperModel AltPoSmall { get; } = new(
        "altpo:llama3.2-1b", "meta-llama/Llama-3.2-1B-Instruct", PromptFormat.Llama32OpenUnlearning, FineTuningRecipe.Tofu)
    {
        Full = "open-unlearning/tofu_Llama-3.2-1B-Instruct_full",
        Retain = "open-unlearning/tofu_Llama-3.2-1B-Instruct",
        RowsAtOnce = 16,
        HalfUpdates = HalfUpdates.Masters,
        Template = InstructionTemplate.Llama32,
    };

    /// <summary>"A Closer Look" on TOFU, and on sequences of its tasks: the same model again. (Yuan et al., 2410.08109, scripts.)</summary>
    public static PaperModel CloserLook { get; } = AltPo with { Name = "closer:llama2-7b", Template = null };

    /// <summary>"A Closer Look" on real people: Llama-3-8B-Instruct as it is, which knows them. (The same scripts.)</summary>
    public static PaperModel RealWorld { get; } =
        new("people:llama3-8b", "meta-llama/Meta-Llama-3-8B-Instruct", PromptFormat.Llama3Instruct, FineTuning: null);

    /// <summary>
    /// Dialogues: OPT-1.3B, the model of LLMU (Yao, Xu, Liu, 2310.10683), in the format of its script. Inferred: which models the
    /// experiment's paper (2404.16841) has is not known to us. It learns at the rate at which TOFU's authors teach Phi-1.5, about as large.
    /// </summary>
    public static PaperModel Dialogues { get; } =
        new("dialogues:opt-1.3b", "facebook/opt-1.3b", PromptFormat.Llmu, FineTuningRecipe.Tofu with { Rate = 2e-5 })
        {
            RowsAtOnce = 16,
            HalfUpdates = HalfUpdates.Masters,
        };

    /// <summary>Dialogues with a Llama as small as OPT-1.3B; inferred too.</summary>
    public static PaperModel DialoguesSmall { get; } = new(
        "dialogues:llama3.2-1b", "meta-llama/Llama-3.2-1B-Instruct", PromptFormat.Llama32OpenUnlearning, FineTuningRecipe.Tofu)
    {
        RowsAtOnce = 16,
        HalfUpdates = HalfUpdates.Masters,
    };

    /// <summary>Dialogues with a Llama of 8 billion weights; inferred too.</summary>
    public static PaperModel DialoguesLarge { get; } = new(
        "dialogues:llama3-8b", "meta-llama/Meta-Llama-3-8B-Instruct", PromptFormat.Llama3Instruct, FineTuningRecipe.Tofu);

    /// <summary>All of them; the first of a paper is what "paper" stands for in its notebook.</summary>
    public static ImmutableArray<PaperModel> All { get; } =
        [Npo, AltPo, AltPoLlama32, AltPoSmall, CloserLook, RealWorld, Dialogues, DialoguesSmall, DialoguesLarge];

    /// <summary>A model by its name.</summary>
    /// <param name="name">One of the names in <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static PaperModel Named(string name) => All.FirstOrDefault(model => model.Name == name) ?? throw new ArgumentException(
        $"A paper's model should be one of {string.Join(", ", All.Select(model => model.Name))} but is \"{name}\".", nameof(name));

    /// <summary>The model that a notebook's <c>scale</c> means; null for the mini scale.</summary>
    /// <param name="scale">"mini", "paper", or "paper:llama3.2-1b" for another of the paper's models.</param>
    /// <param name="first">What "paper" means.</param>
    /// <exception cref="ArgumentException">It is none of these; the message lists them.</exception>
    public static PaperModel? OfScale(string scale, PaperModel first)
    {
        var prefix = first.Name[..(first.Name.IndexOf(Divider, StringComparison.Ordinal) + 1)];
        PaperModel[] models = [.. All.Where(model => model.Name.StartsWith(prefix, StringComparison.Ordinal))];
        string Short(PaperModel model) => $"{Paper}{Divider}{model.Name[prefix.Length..]}";

        return scale switch
        {
            Mini => null,
            Paper => first,
            _ => models.FirstOrDefault(model => Short(model) == scale) ?? throw new ArgumentException(
                $"scale should be \"{Mini}\", \"{Paper}\" or one of {string.Join(", ", models.Select(Short))} but is \"{scale}\".",
                nameof(scale)),
        };
    }

    /// <summary>The published model with a history; null where none is published.</summary>
    /// <param name="withoutPercent">The share of TOFU that it never read; 0 for the model that read everything.</param>
    public string? Published(int withoutPercent) => withoutPercent switch
    {
        0 => FineTuning is null ? Base : Full,
        1 or 5 or 10 when Retain is not null => FormattableString.Invariant($"{Retain}_retain{100 - withoutPercent}"),
        _ => null,
    };
}
