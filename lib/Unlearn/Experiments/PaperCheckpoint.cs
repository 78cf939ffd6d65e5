using System.Collections.Concurrent;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>A published model in a local folder that is taught something and then unlearns it, whatever it is taught.</summary>
/// <param name="Model">The model.</param>
/// <param name="IsSmoke">Whether two updates are enough, for tests.</param>
internal sealed record PaperCheckpoint(PaperModel Model, bool IsSmoke)
{
    private const string Smoke = "smoke";
    private const int SmokeSteps = 2;

    private static readonly ConcurrentDictionary<string, string> Digests = new(StringComparer.Ordinal);

    /// <summary>A model with the budget of a profile.</summary>
    /// <param name="model">The model.</param>
    /// <param name="profile">"quick" for every update, "smoke" for two.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static PaperCheckpoint For(PaperModel model, string profile) => new(model, profile switch
    {
        "quick" => false,
        Smoke => true,
        _ => throw new ArgumentException($"profile should be \"smoke\" or \"quick\" but is \"{profile}\".", nameof(profile)),
    });

    /// <summary>A plan that fits memory, and the profile.</summary>
    /// <param name="plan">The whole one.</param>
    public TrainingPlan Fitted(TrainingPlan plan)
    {
        plan = plan with { MicroBatch = Model.RowsAtOnce, GradientCheckpointing = true, HalfUpdates = Model.HalfUpdates };
        return IsSmoke ? plan with { Steps = Math.Min(plan.Steps, SmokeSteps), WarmUpSteps = Math.Min(plan.WarmUpSteps, 1) } : plan;
    }

    /// <summary>The memory of training, from the heads of a folder's files.</summary>
    /// <param name="folder">The model's.</param>
    /// <param name="divergence">Whether the objective reads a divergence from the model before.</param>
    /// <param name="adapters">Adapters; null where all weights are trained.</param>
    public MemoryNeed Need(string folder, bool divergence, LoraOptions? adapters = null)
    {
        using var weights = ModelWeights.Open(folder);
        return MemoryNeed.Of(weights, adapters, divergence, PaperScale.Type == torch.ScalarType.BFloat16 ? Model.HalfUpdates : null);
    }

    /// <summary>Ends a run that cannot fit.</summary>
    /// <param name="need">What it needs.</param>
    /// <param name="tell">Told of the need.</param>
    /// <exception cref="InvalidOperationException">The need is more than there is; known of main memory only.</exception>
    public static void Require(MemoryNeed need, Action<string>? tell)
    {
        tell?.Invoke($"memory: {need}");
        if (PaperScale.Device.type == DeviceType.CPU) need.RequireFit(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    /// <summary>Teaches the model of a folder rows.</summary>
    /// <param name="folder">The model's.</param>
    /// <param name="rows">Makes them.</param>
    /// <param name="plan">How long and how fast.</param>
    /// <param name="label">Put before what is told.</param>
    /// <param name="tell">Told of progress.</param>
    /// <exception cref="InvalidOperationException">It would not fit into memory.</exception>
    public (LanguageModel Model, RowEncoder Encoder) FineTune(
        string folder, Func<LanguageModel, RowEncoder, IReadOnlyList<EncodedRow>> rows, TrainingPlan plan, string label,
        Action<string>? tell)
    {
        Require(Need(folder, divergence: false), tell);
        var saved = ModelFolder.Load(folder, PaperScale.Device, PaperScale.Type);
        try
        {
            var encoder = new RowEncoder(saved.Tokenizer, Model.Format);
            foreach (var _ in FineTuning.Run(saved.Model, rows(saved.Model, encoder), plan).Reporting(tell, $"{Model.Base}, {label}")) { }
            return (saved.Model, encoder);
        }
        catch
        {
            saved.Dispose();
            throw;
        }
    }

    /// <summary>What decides the model that computes: its files, the element type, and how half-width weights are updated.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">Its files.</param>
    public static string IdentityOf(PaperModel model, string folder) => PaperScale.Type == torch.ScalarType.BFloat16
        ? $"{DigestOf(folder)} {PaperScale.Type} {model.HalfUpdates}" : $"{DigestOf(folder)} {PaperScale.Type}";

    /// <summary>The weights and the tokenizer of a folder, every byte; read once as long as no file changes.</summary>
    /// <param name="folder">The model's.</param>
    public static string DigestOf(string folder)
    {
        string[] files;
        using (var weights = ModelWeights.Open(folder)) files = [.. weights.Files.Select(file => file.Path)];
        files = [.. files, .. ((string[])["tokenizer.json", "config.json"]).Select(name => Path.Combine(folder, name)).Where(File.Exists)];
        var state = string.Join('\n', files.Select(path => new FileInfo(path)).Select(file =>
            FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        return Digests.GetOrAdd(state, _ => DataHash.OfText(string.Join('\n', files.Select(DataHash.OfFile))));
    }
}
