using Unlearn.Evaluation.Meaning;
using Unlearn.Evaluation.Quality;
using Unlearn.Experiments;
using Unlearn.Reporting;

namespace Unlearn.Tests.Experiments;

/// <summary>What the notebooks run at their papers' scale, in two updates of tiny models under the names of published ones.</summary>
public sealed class PaperNotebookTests : IDisposable
{
    private const string Full = "locuslab/tofu_ft_llama2-7b", Retain90 = "open-unlearning/tofu_Llama-2-7b-chat-hf_retain90";
    private const string Label = "paper, tofu, Llama-2-7b-chat-hf";

    private readonly PaperFolder folder = new();
    private readonly List<string> told = [];

    public PaperNotebookTests()
    {
        folder.Put(Full, 1);
        folder.Put(Retain90, 2);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Npo_unlearns_the_papers_model_on_tofus_rows_with_the_papers_methods()
    {
        var notebook = new NpoNotebook("world", "smoke", seed: 3, scale: "paper");

        var models = notebook.Models(told.Add);
        var results = notebook.Run(percent: 10, told.Add);

        Assert.Equal(("tofu", Label), (notebook.Dataset, notebook.Label));
        Assert.Equal(["everything", "without forget10"], models.Select(model => model.Model));
        Assert.Equal(1, models[1].ForgetQuality);
        Assert.Equal(["GA", "GA+RT", "IDK+RT", "DPO+RT", "NPO", "NPO+RT"], results.Select(result => result.Spec.Method));
        Assert.All(results, result =>
        {
            Assert.Null(result.Failure);
            Assert.Equal([0, 2], result.Points.Select(point => point.Step));
            Assert.NotEqual(result.Points[0].Forget.Probability, result.Last.Forget.Probability);
            Assert.Equal((1e-5, 32, "npo:llama2-7b", "tofu"),
                (result.Spec.LearningRate, result.Spec.BatchSize, result.Spec.Paper, result.Spec.Dataset));
            Assert.Equal((notebook.Scale.NameOf(0), notebook.Scale.NameOf(10)), (result.Provenance.Model, result.Provenance.RetainModel));
        });
        Assert.All(NpoClaims.Test(results, notebook.Label), claim => Assert.Equal(Label, claim.Scale));
        Assert.Empty(notebook.Kept());
        Assert.Contains(told, line => line.StartsWith("memory: ", StringComparison.Ordinal));
    }

    // As on a GPU, where the weights are in bfloat16.
    [Fact]
    public void Models_may_compute_in_bfloat16()
    {
        Environment.SetEnvironmentVariable("UNLEARN_DTYPE", "bfloat16");

        var results = new NpoNotebook("world", "smoke", seed: 3, scale: "paper").Run(percent: 10, told.Add);

        Assert.All(results, result => Assert.Equal((null, 2), (result.Failure, result.Last.Step)));
        Environment.SetEnvironmentVariable("UNLEARN_DTYPE", "int8");
        Assert.Contains("UNLEARN_DTYPE should be", Assert.Throws<ArgumentException>(() => PaperScale.Type).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ran_at_the_papers_scale_is_kept()
    {
        var first = new NpoNotebook("world", "smoke", seed: 3, scale: "paper").Run(percent: 10, told.Add);
        told.Clear();

        var again = new NpoNotebook("world", "smoke", seed: 3, scale: "paper").Run(percent: 10, told.Add);

        Assert.Empty(told);
        Assert.Equal(first.Select(result => result.Provenance.Finished), again.Select(result => result.Provenance.Finished));
    }

    [Fact]
    public void AltPo_teaches_alternates_of_the_papers_model_and_judges_them_with_the_papers_detector()
    {
        folder.PutEncoder(DistilBertDetector.Checkpoint, "distilbert");
        var notebook = new AltPoNotebook("world", "smoke", seed: 0, scale: "paper");

        var alternates = notebook.Invent(questions: 2, perQuestion: 3, told.Add);
        var results = notebook.Study.Of(notebook.Run(told.Add));

        Assert.Equal(6, alternates.Count);
        Assert.Equal(["Untouched", "Retrained", "AltPO", "IdkDPO"], results.Select(each => each.Spec.Method));
        Assert.All(results, each =>
        {
            Assert.Null(each.Trial.Failure);
            Assert.Equal(each.Spec.IsReference ? 0 : 2, each.Trial.Last.Step);
            Assert.Equal("DistilBERT gibberish detector", each.Quality.Scorer);
            Assert.False(each.IsBySurrogate);
            Assert.Null(each.Consistency);
            Assert.NotNull(each.Quality.Diversity);
        });
        Assert.Equal("DistilBERT gibberish detector", AltPoCharts.Detector(notebook.Study).Columns[0][0]);
        Assert.Contains("TC", AltPoCharts.Table(results).Columns.Select(column => column.Name));
        _ = (AltPoCharts.NewMetrics(results), AltPoCharts.OldMetrics(results), AltPoCharts.AnswerKinds("kinds", results));
        var claims = AltPoClaims.Test(results, notebook.Label);
        Assert.DoesNotContain(claims, claim => claim.Test.Contains("surrogate", StringComparison.Ordinal));
        Assert.DoesNotContain(claims, claim => claim.Id.StartsWith("altpo-stays-consistent", StringComparison.Ordinal));
    }

    [Fact]
    public void The_papers_detector_computes_in_the_type_of_the_models()
    {
        folder.PutEncoder(DistilBertDetector.Checkpoint, "distilbert");
        double[] Scores(string type)
        {
            Environment.SetEnvironmentVariable("UNLEARN_DTYPE", type);
            return [.. new AltPoNotebook("world", "smoke", seed: 0, scale: "paper").Study.Scorer.Score(["a river", "town"])];
        }

        Assert.Equal(Scores("bfloat16"), Scores("float32"), (half, full) => half != full && Math.Abs(half - full) < 0.02);
    }

    [Fact]
    public void Without_the_papers_detector_the_message_names_it()
    {
        var notebook = new AltPoNotebook("world", "smoke", seed: 0, scale: "paper");

        Assert.Contains(DistilBertDetector.Checkpoint, Assert.Throws<DirectoryNotFoundException>(() => notebook.Study).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_closer_look_measures_with_the_papers_judges()
    {
        PutJudges();
        var notebook = new CloserLookNotebook("world", "smoke", seed: 0, scale: "paper");

        var results = notebook.Run(told.Add);

        Assert.Equal(["Untouched", "Retrained", "ME+GD", "IDK+AP"], results.Select(result => result.Spec.Method));
        Assert.All(results, result =>
        {
            Assert.Null(result.Failure);
            Assert.Equal(result.Spec.IsReference ? 0 : 2, result.Last.Step);
            Assert.NotNull(result.Last.CloserLook!.Forget.EntailmentScore);
            Assert.NotNull(result.Last.CloserLook.Retain.CosineSimilarity);
        });
        Assert.Equal(Label, notebook.Label);
        Assert.Equal("DeBERTa-v3 NLI says", CloserLookCharts.Misleading(results, notebook.Scale.Corpus).Columns[^1].Name);
    }

    [Fact]
    public void A_judge_that_is_missing_is_named()
    {
        var notebook = new CloserLookNotebook("world", "smoke", seed: 0, scale: "paper");

        Assert.Contains($"unlearn get model {NliJudge.Checkpoint}",
            Assert.Throws<DirectoryNotFoundException>(() => notebook.Run(told.Add)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_of_tasks_run_on_the_papers_model()
    {
        PutJudges();
        var notebook = new ContinualNotebook("smoke", seed: 0, scale: "paper");

        var results = notebook.Run(told.Add);

        Assert.Equal(["NPO+GD", "IDK+AP"], results.Select(result => result.Spec.Label));
        Assert.All(results, result =>
        {
            Assert.Null(result.Failure);
            Assert.Equal([0, 1, 2], result.Points.Select(point => point.Task));
            Assert.Equal(notebook.Scale.NameOf(0), result.Provenance.Model);
        });
        Assert.Equal(Label, notebook.Label);
    }

    [Fact]
    public void Real_people_are_forgotten_by_the_papers_model_beside_neighbours()
    {
        PutJudges();
        folder.Put(PaperModel.RealWorld.Base, 4);
        folder.PutPeople(64);
        var notebook = new RealWorldNotebook("smoke", seed: 0, scale: "paper");

        var results = notebook.Run(told.Add);

        Assert.Equal(["Untouched", "ME+GD", "IDK+AP"], results.Select(result => result.Spec.Method));
        Assert.Equal([(0, 1, 1), (5e-6, 0.5, 2), (1e-5, 1, 2)],
            results.Select(result => (result.Spec.LearningRate, result.Spec.ForgetWeight, result.Points.Count)));
        Assert.All(results, result =>
        {
            Assert.Null(result.Failure);
            Assert.Empty(result.Last.Downstream);
            Assert.Equal(300, result.Spec.PadTo);
        });
        Assert.Equal("paper, people, Meta-Llama-3-8B-Instruct", notebook.Label);
        Assert.Equal(64, notebook.People.Forget.Count);
        _ = (RealWorldCharts.Table(results), RealWorldCharts.Downstream(results), RealWorldCharts.Along(results));
        Assert.DoesNotContain(RealWorldClaims.Test(results, notebook.Label), claim => claim.Id == "people-me-downstream");
    }

    [Fact]
    public void Real_people_who_are_missing_are_told_with_their_files_and_folder()
    {
        var notebook = new RealWorldNotebook("smoke", seed: 0, scale: "paper");
        var message = Assert.Throws<DirectoryNotFoundException>(() => notebook.People).Message;

        Assert.Contains(Path.Combine(folder.Cache, "people"), message, StringComparison.Ordinal);
        Assert.Contains("neighbor_perturbed.json", message, StringComparison.Ordinal);
    }

    private void PutJudges()
    {
        folder.PutEncoder(MiniLmEmbedder.Checkpoint, "minilm");
        folder.PutEncoder(NliJudge.Checkpoint, "deberta");
    }
}
