using System.Globalization;

namespace Unlearn.Experiments;

/// <summary>What the notebook on NPO computes live and what it reads from kept sweeps.</summary>
/// <param name="dataset">"world" or "tofu".</param>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <param name="scale">"mini", or "paper" for the paper's own model, rows and numbers, whatever the data set.</param>
public sealed class NpoNotebook(string dataset, string profile, long seed, bool fresh = false, string scale = "mini")
{
    private readonly PaperModel? paper = PaperModel.OfScale(scale, PaperModel.Npo);

    private static readonly string[] Shown = ["GA", "GA+RT", "IDK+RT", "DPO+RT", "NPO", "NPO+RT"];

    /// <summary>Data and models.</summary>
    public IExperimentScale Scale => field ??= paper is null ? MiniScale.For(dataset, profile, seed) : PaperScale.For(paper.Name, profile);

    /// <summary>The name of the data set.</summary>
    public string Dataset => paper is null ? dataset : PaperScale.Rows;

    /// <summary>What claims say of the scale: "mini, world".</summary>
    public string Label => paper is null ? $"mini, {dataset}" : PaperScale.LabelOf(paper);

    /// <summary>The data set on which the learning rates were chosen, or whose they are.</summary>
    public string RatesFrom => paper is null ? NpoGrid.TunedOn(dataset) : paper.Name;

    private bool IsSmoke => profile == "smoke";

    private int[] Splits => IsSmoke ? [10] : paper is null && dataset == "tofu" ? [5, 10] : [1, 5, 10];

    /// <summary>Trains or loads the full model and the retain models, and scores each.</summary>
    /// <param name="tell">Told of progress.</param>
    /// <returns>Model utility of each, and its forget quality on the rows of its split.</returns>
    public IReadOnlyList<ModelRow> Models(Action<string> tell)
    {
        using var full = Scale.Obtain(ModelStore.Shared, 0, tell);
        List<ModelRow> rows = [];
        foreach (var percent in Splits)
        {
            using var retrained = Scale.Obtain(ModelStore.Shared, percent, tell);
            var measure = new TrialMeasurement(Scale, Scale.Corpus.Split(percent), full, retrained.Model, EvaluationRows);
            rows.Add(Row("everything", percent, measure.Of(full.Model, 0, 0, [])));
            rows.Add(Row($"without forget{percent:00}", percent, measure.Of(retrained.Model, 0, 0, [])));
        }
        return rows;

        static ModelRow Row(string name, int percent, TrialPoint point) => new(
            name, $"forget{percent:00}", point.Forget.Rouge, point.Retain.Rouge, point.ModelUtility, point.ForgetQuality);
    }

    /// <summary>Unlearns one split with six of the paper's methods, or finds the runs that were kept.</summary>
    /// <param name="percent">The share of rows to forget.</param>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<TrialResult> Run(int percent, Action<string> tell)
    {
        var rates = paper is null ? NpoGrid.ChosenRates(dataset) : NpoGrid.PaperRates;
        return [.. Shown.Select(method => TrialStore.Shared.Obtain(Spec(method, percent, rates[method]), ModelStore.Shared, tell, fresh))];
    }

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<TrialResult> Kept() =>
        IsSmoke ? [] : [.. NpoGrid.Names.SelectMany(grid => ResultFile.Read(ResultFile.PathOf(grid, PaperScale.FileOf(paper, dataset))))];

    /// <summary>One line about results: how many runs, seeds, when and on what.</summary>
    /// <param name="results">At least one.</param>
    public static string Describe(IReadOnlyList<TrialResult> results) => string.Create(CultureInfo.InvariantCulture,
        $"{results.Count} runs over {results.Select(result => result.Spec.Seed).Distinct().Count()} seeds, "
        + $"{results.Sum(result => result.Provenance.Seconds) / 3600:F1} hours of computing, finished {results.Max(result => result.Provenance.Finished):yyyy-MM-dd}, "
        + $"{results[^1].Provenance.Runtime}, {results[^1].Provenance.Machine}, data {results[^1].Provenance.DataSha256[..16]}");

    private int EvaluationRows =>
        paper is not null ? PaperScale.EvaluationRows(profile) : IsSmoke ? 8 : TrialSpec.UsualEvaluationRows;

    private TrialSpec Spec(string method, int percent, double rate)
    {
        var spec = new TrialSpec(
            dataset, percent, method, rate, MeasureEvery: 2, EvaluationRows: EvaluationRows, Seed: seed, Profile: profile);
        return paper is not null ? NpoGrid.AtPaperScale(spec, paper) : IsSmoke ? spec with { Epochs = 2 } : spec;
    }
}

/// <summary>A trained model's scores before any unlearning.</summary>
/// <param name="Model">What it read.</param>
/// <param name="ForgetSet">Which rows forget quality looks at.</param>
/// <param name="ForgetRouge">ROUGE-L recall on them.</param>
/// <param name="RetainRouge">ROUGE-L recall on rows to keep.</param>
/// <param name="Utility">Model utility.</param>
/// <param name="ForgetQuality">p-value against the retain model of that set; 1 for that model itself.</param>
public sealed record ModelRow(string Model, string ForgetSet, double ForgetRouge, double RetainRouge, double Utility, double ForgetQuality);
