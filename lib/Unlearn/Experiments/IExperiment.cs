using System.Text.Json.Serialization;

namespace Unlearn.Experiments;

/// <summary>A cell of a sweep: everything that decides its numbers, and what makes them.</summary>
public interface IExperiment
{
    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    string Fingerprint { get; }

    /// <summary>Whether a result is kept.</summary>
    /// <param name="store">Where to look.</param>
    bool IsKept(TrialStore store);

    /// <summary>Sees to it that a result is kept.</summary>
    /// <param name="store">Where it is, or goes.</param>
    /// <param name="models">Gives the trained models.</param>
    /// <param name="tell">Told of progress.</param>
    /// <returns>Why it stopped early although the result counts; null where it did not.</returns>
    string? Keep(TrialStore store, ModelStore models, Action<string>? tell);
}

/// <summary>A cell of a sweep with results of a kind.</summary>
/// <typeparam name="TResult">What it gives.</typeparam>
public interface IExperiment<TResult> : IExperiment
    where TResult : class, IExperimentResult
{
    /// <summary>Makes the result.</summary>
    /// <param name="models">Gives the trained models.</param>
    /// <param name="tell">Told of progress.</param>
    TResult Run(ModelStore models, Action<string>? tell = null);

    bool IExperiment.IsKept(TrialStore store) => store.Find(this) is not null;

    string? IExperiment.Keep(TrialStore store, ModelStore models, Action<string>? tell) => store.Obtain(this, models, tell).Failure;
}

/// <summary>What an experiment gave.</summary>
public interface IExperimentResult
{
    /// <summary>Data, models, versions, hardware, time.</summary>
    Provenance Provenance { get; }

    /// <summary>Why it stopped early, such as a loss that is not finite; null where it did not.</summary>
    string? Failure { get; }
}
