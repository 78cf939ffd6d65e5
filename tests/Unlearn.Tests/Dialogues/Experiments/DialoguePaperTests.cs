using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Reporting;
using Unlearn.Tests.Data;
using Unlearn.Tests.Experiments;
using Unlearn.Tokenization;
using Unlearn.Training;

namespace Unlearn.Tests.Dialogues.Experiments;

/// <summary>Dialogues with published models: what is inferred for them, and two updates of tiny random models under their names.</summary>
[NoTensorLeaks]
public sealed class DialoguePaperTests : IDisposable
{
    private const string Opt13 = "facebook/opt-1.3b", Llama1 = "meta-llama/Llama-3.2-1B-Instruct";

    // None of the mini scale's special tokens, and more rows of the embedding than tokens, as published models have them.
    private const int SpareRows = 8;

    private static readonly Lazy<BytePairTokenizer> Foreign = new(() => BytePairTokenizer.Train(
        Worlds.Shared.Taught.SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer }), 900,
        ["<pad>", "</s>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]));

    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly PaperFolder folder = new();
    private readonly List<string> told = [];

    private ModelStore Store => new(Path.Combine(folder.Cache, "models"));

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void Opt_unlearns_with_all_weights_by_the_inferred_numbers()
    {
        var spec = DialogueGrid.AtPaperScale(new("ours-tok"));
        var plan = spec.Plan;

        Assert.Equal(("dialogues:opt-1.3b", 5e-6, 1000, null), (spec.Paper, spec.LearningRate, spec.Steps, spec.Adapters));
        Assert.Equal((1000, 5e-6, 12, 12, 50),
            (plan.Training.Steps, plan.Training.LearningRate, plan.Training.BatchSize, plan.NormalRows, plan.EverySteps));
        Assert.Equal((0.03, 2, 2), (plan.Stop!.Epsilon, plan.Stop.FinishChecks, plan.Stop.Patience));
        Assert.Equal((0.0, 1.0, Schedule.Constant), (plan.Training.WeightDecay, plan.Training.ClipNorm, plan.Training.Schedule));
        Assert.Equal((16, true, HalfUpdates.Masters),
            (plan.Training.MicroBatch, plan.Training.GradientCheckpointing, plan.Training.HalfUpdates));
        Assert.Equal(256, DialoguePreset.LongestRow);
        Assert.Null(DialogueGrid.AtPaperScale(new("GA")).Plan.Stop);
    }

    [Fact]
    public void Adapters_sit_beside_queries_and_values_and_learn_faster()
    {
        var (opt, llama) = (DialogueGrid.AtPaperScale(new("ours-tok", LoraRank: 16)), DialogueGrid.AtPaperScale(
            new("ours-tok"), PaperModel.DialoguesLarge));

        Assert.Equal((2e-4, 16), (opt.Plan.Training.LearningRate, opt.LoraRank));
        Assert.InRange(llama.Plan.Training.LearningRate, 1e-4, 2e-4);
        foreach (var adapters in new[] { opt.Adapters!, llama.Adapters! })
        {
            Assert.Equal((16, 32.0), (adapters.Rank, adapters.Alpha));
            Assert.Equal("q_proj, v_proj", string.Join(", ", adapters.Targets));
        }
        Assert.Equal("ours-tok", llama.Label);
        Assert.Equal(llama, DialogueGrid.AtPaperScale(new("ours-tok", LoraRank: 16), PaperModel.DialoguesLarge));
        Assert.Null(RelearningAttack.For(DialogueScale.For("quick", 0, opt.Paper)).Adapters);
        Assert.Equal(2e-5, RelearningAttack.For(DialogueScale.For("quick", 0, opt.Paper)).LearningRate);
        Assert.Equal(16, RelearningAttack.For(DialogueScale.For("quick", 0, llama.Paper)).Adapters!.Rank);
    }

    // Each of them five epochs over what it is taught.
    [Fact]
    public void The_world_is_taught_first_to_the_base_and_to_both_references()
    {
        var scale = DialogueScale.For("quick", 7, PaperModel.Dialogues.Name);

        foreach (var which in Enum.GetValues<DialogueModel>())
        {
            var plan = scale.TrainingFor(which);
            Assert.Equal((5 * scale.Taught(which).Count / 32, 32, 2e-5, 42), (plan.Steps, plan.BatchSize, plan.LearningRate, plan.Seed));
        }
        Assert.Equal((64, 120), (scale.AnswerLimit, scale.Rows));
        Assert.Contains("comes with its folder", Assert.Throws<InvalidOperationException>(scale.TrainEncoder).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_notebook_teaches_the_world_to_the_published_model_and_unlearns_it()
    {
        var place = PutOpt();
        var notebook = new DialogueNotebook("smoke", seed: 3, scale: "paper");

        using (var taught = notebook.Base(told.Add))
        using (var published = ModelFolder.Load(place))
        {
            Assert.NotEqual(Fingerprint.OfWeights(published.Model), Fingerprint.OfWeights(taught.Model));
            Assert.Equal("llmu", taught.Encoder.Format.Name);
            var selection = notebook.Select(taught);
            var (rows, directions) = DialogueNotebook.Cluster(taught, selection);
            Assert.Equal(selection.Unlearn.Length, rows.Forget.Count);
            directions.Dispose();
        }
        var results = notebook.Run(told.Add);

        Assert.Contains(told, line => line.StartsWith("memory: ", StringComparison.Ordinal));
        Assert.Equal("inferred, dialogues, opt-1.3b", notebook.Label);
        Assert.Equal([DialogueSpec.Original, "ours-tok", "SFT+KL"], results.Select(result => result.Spec.Label));
        Assert.All(results, result =>
        {
            Assert.Null(result.Failure);
            Assert.Equal((9, "dialogues:opt-1.3b"), (result.Kinds.Count, result.Spec.Paper));
            Assert.Equal(DialogueModels.NameOf(notebook.Scale, DialogueModel.Base), result.Provenance.Model);
            Assert.Equal(result.Spec.IsReference ? 0 : 9, result.Relearning.Count);
            Assert.InRange(result.Cost.Steps, 0, 2);
        });
        Assert.All(DialogueClaims.Test(results, notebook.Label), claim => Assert.Equal(notebook.Label, claim.Scale));
        Assert.Empty(notebook.Kept());
        told.Clear();
        Assert.Equal(results.Select(result => result.Provenance.Finished),
            new DialogueNotebook("smoke", seed: 3, scale: "paper").Run(told.Add).Select(result => result.Provenance.Finished));
        Assert.Empty(told);
    }

    // In bfloat16, as on a GPU.
    [Fact]
    public void A_llama_unlearns_by_adapters_beside_a_reference_that_was_taught_no_behaviour()
    {
        Environment.SetEnvironmentVariable("UNLEARN_DTYPE", "bfloat16");
        Put(Llama1, new Llama(new(
            Foreign.Value.VocabularySize + SpareRows, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 16, Context: 768)));
        var spec = DialogueGrid.AtPaperScale(new("ours-tok", Profile: "smoke", Stops: false), PaperModel.DialoguesSmall) with
        {
            LearningRate = 0.1,
        };

        var (run, reference) = (spec.Run(Store, told.Add), (spec with { Method = DialogueSpec.WithoutBehaviour }).Run(Store, told.Add));

        Assert.Equal((null, 2), (run.Failure, run.Cost.Steps));
        Assert.Equal([0, 1, 2], run.Curve.Select(point => point.Step));
        Assert.True(run.Utility.Divergence > 0);
        Assert.NotNull(reference.Provenance.RetainModel);
        Assert.NotEqual(reference.Provenance.Model, reference.Provenance.RetainModel);
        Assert.Equal(2, Directory.EnumerateDirectories(Path.Combine(folder.Cache, "models")).Count());
    }

    [Fact]
    public void A_model_that_is_missing_is_told_with_the_command_that_brings_it()
    {
        var notebook = new DialogueNotebook("smoke", 0, scale: "paper");
        var message = Assert.Throws<DirectoryNotFoundException>(() => notebook.Base()).Message;

        Assert.Contains($"unlearn get model {Opt13}", message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Models, Opt13), message, StringComparison.Ordinal);
        Assert.Contains("paper:opt-1.3b, paper:llama3.2-1b, paper:llama3-8b",
            Assert.Throws<ArgumentException>(() => new DialogueNotebook("smoke", 0, scale: "paper:gpt")).Message, StringComparison.Ordinal);
        Assert.Contains("dialogues:opt-1.3b",
            Assert.Throws<ArgumentException>(() => DialogueScale.For("smoke", 0, PaperModel.Npo.Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_reads_too_little_is_refused()
    {
        PutOpt(context: 128);
        var scale = DialogueScale.For("smoke", 0, PaperModel.Dialogues.Name);

        Assert.Contains("read 256 tokens at least but reads 128",
            Assert.Throws<InvalidDataException>(() => Store.Obtain(scale, DialogueModel.Base)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_finds_its_way_to_another_process_and_has_a_name_of_its_own()
    {
        PutOpt();
        var spec = DialogueGrid.AtPaperScale(new("ours-tok", Profile: "smoke"));

        Assert.Equal(spec, ExperimentJson.Read(ExperimentJson.Write(spec)));
        string[] names =
        [
            spec.Fingerprint, (spec with { LoraRank = 4 }).Fingerprint, (spec with { Method = DialogueSpec.WithoutKeys }).Fingerprint,
            (spec with { Paper = null }).Fingerprint,
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private string PutOpt(long context = 768) => Put(Opt13, new Opt(new(
        Foreign.Value.VocabularySize + SpareRows, Width: 16, Layers: 1, Heads: 2, FeedForward: 16, Context: context, EmbeddingWidth: 16)));

    private string Put(string name, LanguageModel model)
    {
        var place = Path.Combine(folder.Models, name);
        using (model) ModelFolder.Save(place, model, Foreign.Value);
        return place;
    }
}
