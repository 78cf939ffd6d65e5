using System.Text.Json;
using System.Text.Json.Serialization;
using Unlearn.Objectives;

namespace Unlearn.Training;

/// <summary>What decides a run's result: a checkpoint is of use to a run with the same three only.</summary>
/// <param name="Configuration">Plan and objective, as JSON.</param>
/// <param name="Data">Fingerprint of the rows.</param>
/// <param name="Weights">Fingerprint of the model before the first update.</param>
internal sealed record RunIdentity(string Configuration, string Data, string Weights)
{
    /// <summary>Numbers as they are, infinity included, options by name: same settings, same text, on every machine.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The text of a plan and an objective.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="objective">What is minimised.</param>
    /// <param name="more">Whatever else decides the result.</param>
    public static string Describe(TrainingPlan plan, Objective objective, object? more = null) => JsonSerializer.Serialize(new
    {
        objective = objective.Name,
        terms = objective.Terms.Select(term => new
        {
            kind = term.Term.GetType().Name,
            weight = term.Weight,
            settings = JsonSerializer.SerializeToElement(term.Term, term.Term.GetType(), Json),
        }),
        plan,
        more,
    }, Json);

    /// <summary>The first part in which this run differs from a saved one, in words; null when all are the same.</summary>
    /// <param name="saved">The saved one.</param>
    public string? DifferenceFrom(RunIdentity saved) =>
        Weights != saved.Weights ? "this run begins from other weights"
        : Data != saved.Data ? "this run reads other rows"
        : Configuration != saved.Configuration ? $"this run's configuration is {Configuration}, the checkpoint's {saved.Configuration}"
        : null;
}
