using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Tests.Training;
using Unlearn.Training;

namespace Unlearn.Tests.Experiments;

[NoTensorLeaks]
public sealed class PaperScaleTests : IDisposable
{
    private const string Full = "locuslab/tofu_ft_llama2-7b", Base = "meta-llama/Llama-2-7b-chat-hf";
    private const string Retain90 = "open-unlearning/tofu_Llama-2-7b-chat-hf_retain90";

    private readonly PaperFolder folder = new();
    private readonly List<string> told = [];

    private static PaperScale Scale => PaperScale.For(PaperModel.Npo.Name, "smoke");

    private ModelStore Store => new(Path.Combine(folder.Cache, "models"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Published_models_are_read_where_they_lie()
    {
        var places = new[] { folder.Put(Full, 1), folder.Put(Retain90, 2) };

        foreach (var (place, percent) in places.Zip([0, 10]))
        {
            using var stored = Scale.Obtain(Store, percent, told.Add);
            using var saved = ModelFolder.Load(place);
            Assert.Equal(Birthplaces.Bits(saved.Model), Birthplaces.Bits(stored.Model));
            Assert.Equal(PromptFormat.Llama2Chat, stored.Encoder.Format);
            Assert.Equal(Scale.NameOf(percent), stored.Fingerprint);
        }
        Assert.NotEqual(Scale.NameOf(0), Scale.NameOf(10));
        Assert.False(Directory.Exists(Path.Combine(folder.Cache, "models")));
    }

    [Fact]
    public void Where_only_the_base_is_there_each_model_is_fine_tuned_once_and_kept()
    {
        using var original = ModelFolder.Load(folder.Put(Base, 3));
        HashSet<string> weights = [Fingerprint.OfWeights(original.Model)];
        foreach (var percent in (int[])[0, 10])
        {
            using var tuned = Scale.Obtain(Store, percent, told.Add);
            Assert.True(weights.Add(Fingerprint.OfWeights(tuned.Model)));
            var lines = told.Count;
            using var again = Scale.Obtain(Store, percent, told.Add);
            Assert.Equal(lines, told.Count);
            Assert.Equal(Birthplaces.Bits(tuned.Model), Birthplaces.Bits(again.Model));
            Assert.Equal(PromptFormat.Llama2Chat, again.Encoder.Format);
        }
        Assert.Equal(2, Directory.EnumerateDirectories(Path.Combine(folder.Cache, "models")).Count());
        Assert.Contains(told, line => line.StartsWith("memory: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_was_fine_tuned_is_named_after_the_bytes_of_its_base()
    {
        folder.Put(Base, 3);
        var first = Scale.NameOf(0);
        folder.Put(Base, 4);

        Assert.NotEqual(first, Scale.NameOf(0));
        Assert.Equal(3, new[] { 0, 5, 10 }.Select(Scale.NameOf).Distinct().Count());
        Assert.NotEqual(Scale.NameOf(0), PaperScale.For(PaperModel.Npo.Name, "quick").NameOf(0));
    }

    [Fact]
    public void A_missing_model_is_told_with_the_command_that_brings_it_and_the_folder_for_it()
    {
        var message = Assert.Throws<DirectoryNotFoundException>(() => Scale.NameOf(0)).Message;

        Assert.Contains($"{Full} or {Base}", message, StringComparison.Ordinal);
        Assert.Contains($"unlearn get model {Full}", message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Models, Full), message, StringComparison.Ordinal);
        Assert.Contains(folder.Hub, message, StringComparison.Ordinal);
        Assert.Contains("never read forget05", Assert.Throws<DirectoryNotFoundException>(() => Scale.NameOf(5)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_knows_its_rows_by_itself_has_none_that_never_read_them()
    {
        var scale = PaperScale.For(PaperModel.RealWorld.Name, "smoke");
        folder.Put(PaperModel.RealWorld.Base, 5);

        Assert.NotEmpty(scale.NameOf(0));
        Assert.Contains("unlearned as it is", Assert.Throws<InvalidOperationException>(() => scale.NameOf(10)).Message,
            StringComparison.Ordinal);
    }

    // 4,000 rows, and those of retain90, 95 and 99, in five epochs of batches of 32.
    [Theory, InlineData(4000, 625, 62, 125), InlineData(3600, 562, 56, 112), InlineData(3800, 593, 59, 118), InlineData(3960, 618, 61, 123)]
    public void Fine_tuning_takes_the_papers_updates(int rows, int steps, int npoWarmUp, int tofuWarmUp)
    {
        var (npo, tofu) = (PaperModel.Npo.FineTuning!.Plan(rows), PaperModel.CloserLook.FineTuning!.Plan(rows));

        Assert.Equal((steps, npoWarmUp), (npo.Steps, npo.WarmUpSteps));
        Assert.Equal((steps, tofuWarmUp), (tofu.Steps, tofu.WarmUpSteps));
        Assert.Equal((1e-5, 32, 0.01, double.PositiveInfinity, 4, 42L),
            (npo.LearningRate, npo.BatchSize, npo.WeightDecay, npo.ClipNorm, npo.RowsPerLoss, npo.Seed));
        Assert.Equal(Schedule.HuggingFace, npo.Schedule);
    }

    // Alternates may be as long whatever their question is: AltPO's authors ask for 200 new tokens.
    [Fact]
    public void Answers_have_two_hundred_tokens_with_their_question_and_alternates_without()
    {
        var paper = PaperScale.For(PaperModel.AltPo.Name, "quick");

        Assert.Equal(new AnswerLimit(200, Total: 200), paper.AnswerLimit);
        Assert.Equal(200, paper.Alternates.Sampling.MaxNewTokens);
        Assert.Equal(new AnswerLimit(8, Total: 200), Scale.AnswerLimit);
        Assert.Equal(new AnswerLimit(64), MiniScale.For("world", "quick").AnswerLimit);
    }

    [Fact]
    public void A_notebooks_scale_names_one_of_its_papers_models()
    {
        Assert.Null(PaperModel.OfScale("mini", PaperModel.AltPo));
        Assert.Same(PaperModel.AltPo, PaperModel.OfScale("paper", PaperModel.AltPo));
        Assert.Same(PaperModel.AltPoSmall, PaperModel.OfScale("paper:llama3.2-1b", PaperModel.AltPo));
        var message = Assert.Throws<ArgumentException>(() => PaperModel.OfScale("paper:llama3.2-1b", PaperModel.Npo)).Message;
        Assert.Contains("\"mini\", \"paper\" or one of paper:llama2-7b but is", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_model_is_found_by_its_name_and_has_a_hub_name()
    {
        Assert.All(PaperModel.All, model => Assert.Same(model, PaperModel.Named(model.Name)));
        Assert.All(PaperModel.All.SelectMany(model => new[] { model.Base, model.Published(0), model.Published(5) }).OfType<string>(),
            name => Assert.Equal(2, name.Split('/').Length));
        Assert.Contains("npo:llama2-7b", Assert.Throws<ArgumentException>(() => PaperModel.Named("gpt")).Message, StringComparison.Ordinal);
    }
}
