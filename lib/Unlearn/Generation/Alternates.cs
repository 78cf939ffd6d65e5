using Unlearn.Data;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Generation;

/// <summary>How alternates are made.</summary>
/// <param name="Template">How the model is asked.</param>
/// <param name="Sampling">How it answers; stop strings are the template's.</param>
/// <param name="Filter">What is turned down; null, as in the paper, for nothing.</param>
public sealed record AlternateOptions(InstructionTemplate Template, SamplingOptions Sampling, AlternateFilter? Filter = null)
{
    /// <summary>
    /// The authors' settings: temperature 1 and at most 200 tokens, with top-k 50 and top-p 0.6, which their code does not name but
    /// inherits from library and checkpoint (the latter inferred, not confirmed).
    /// </summary>
    /// <param name="template">How the model is asked.</param>
    public static AlternateOptions Paper(InstructionTemplate template) =>
        new(template, new() { Temperature = 1, TopK = 50, TopP = 0.6, MaxNewTokens = 200 });

    /// <summary>
    /// The mini scale's: temperature 1, no truncation but for the unlikeliest tenth, so that facts stay as various as the model finds them.
    /// </summary>
    public static AlternateOptions Mini { get; } = new(InstructionTemplate.Mini, new() { TopP = 0.9, MaxNewTokens = 48 });
}

/// <summary>Answers of the same kind with other facts, invented by the model that is about to unlearn.</summary>
/// <remarks>
/// <para>
/// AltPO teaches these in the place of the true answers. The model writes them itself: no other model is needed, and they are what it might
/// have answered had it learned otherwise.
/// </para>
/// <para>Mekala et al., 2024 (AltPO). <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
public static class Alternates
{
    /// <summary>Samples alternates.</summary>
    /// <param name="model">The model that is about to unlearn; put into evaluation mode.</param>
    /// <param name="encoder">Its encoder.</param>
    /// <param name="rows">The rows to forget.</param>
    /// <param name="perQuestion">K. The first of K alternates are those of a smaller K.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The seed of the training that will use them: it decides both.</param>
    /// <param name="cancellation">Ends the work between two tokens.</param>
    /// <returns>K rows for each row to forget, one behind the other; fewer where a filter finds no more.</returns>
    /// <exception cref="ArgumentException">A prompt is longer than the model's context.</exception>
    public static IReadOnlyList<AlternateRow> Generate<TModel>(
        TModel model, RowEncoder encoder, IReadOnlyList<QaRow> rows, int perQuestion, AlternateOptions options, long seed,
        CancellationToken cancellation = default)
        where TModel : nn.Module, ILanguageModel
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perQuestion, 1);
        var prompts = rows.Select(row => options.Template.Prompt(encoder, row)).ToArray();
        var sampling = options.Sampling with { StopStrings = options.Template.Stops };
        var samples = Sampler.Generate(
            model, encoder, prompts, perQuestion * (options.Filter?.Oversampling ?? 1), sampling, seed, cancellation);
        return [.. rows.Zip(samples).SelectMany(pair =>
        {
            var made = pair.Second.Select(sample => new AlternateRow(pair.First.Question, pair.First.Answer, sample.Text));
            return options.Filter is { } filter ? filter.Take(made, perQuestion) : made;
        })];
    }
}
