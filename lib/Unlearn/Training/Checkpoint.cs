using System.Globalization;
using System.Text.Json;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>A moment of a run in one file: weights, optimizer, generator, and how far log and batches are.</summary>
/// <remarks>
/// The position in the stream of batches is the step alone, since the stream is a function of the plan's seed. The file is written as a
/// whole or not at all and carries a digest, so a run killed at any moment finds the one before it.
/// </remarks>
/// <param name="Step">Updates so far.</param>
/// <param name="LogLength">Bytes of the log that belong to them.</param>
/// <param name="Elapsed">Time since the first update began, interruptions not counted.</param>
/// <param name="Best">The best measurement so far.</param>
internal sealed record Checkpoint(int Step, long LogLength, TimeSpan Elapsed, BestSoFar Best)
{
    private const string Prefix = "checkpoint-", Ending = ".safetensors";
    private const string StateKey = "state", IdentityKey = "identity", Generator = "generator";
    private const int Kept = 2;

    /// <summary>Writes the moment, then removes all but the newest files.</summary>
    public void Save(string folder, RunIdentity identity, nn.Module model, WeightUpdates updates)
    {
        using var scope = NewDisposeScope();
        var tensors = model.state_dict().ToDictionary(entry => $"model.{entry.Key}", entry => entry.Value);
        foreach (var (name, state) in updates.State) tensors[name] = state;
        tensors["optimizer.steps"] = tensor(updates.Steps.ToArray());
        tensors[Generator] = random.get_rng_state();
        SafeTensors.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Step:D8}{Ending}")), tensors,
            new Dictionary<string, string>
            {
                [StateKey] = JsonSerializer.Serialize(this, RunIdentity.Json),
                [IdentityKey] = JsonSerializer.Serialize(identity, RunIdentity.Json),
            });
        foreach (var old in Files(folder).Skip(Kept)) File.Delete(old);
    }

    /// <summary>Puts the newest whole checkpoint's weights and states in place.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="identity">What the run is; a checkpoint of another run is refused.</param>
    /// <param name="model">Gets its weights.</param>
    /// <param name="updates">Get their state.</param>
    /// <param name="note">Told of damaged files.</param>
    /// <returns>The moment; null where there is none.</returns>
    /// <exception cref="InvalidOperationException">The checkpoint is of another run.</exception>
    public static Checkpoint? Restore(
        string folder, RunIdentity identity, nn.Module model, WeightUpdates updates, Action<string>? note)
    {
        foreach (var file in Files(folder))
        {
            using var scope = NewDisposeScope();
            try
            {
                var (tensors, texts) = SafeTensors.Read(file);
                var moment = JsonSerializer.Deserialize<Checkpoint>(texts[StateKey], RunIdentity.Json)!;
                var saved = JsonSerializer.Deserialize<RunIdentity>(texts[IdentityKey], RunIdentity.Json)!;
                if (identity.DifferenceFrom(saved) is { } difference)
                    throw new InvalidOperationException($"{file} should be a checkpoint of this run but is of another: {difference}. "
                        + "Start anew in an empty folder, or repeat the command that the checkpoint belongs to.");
                Place(tensors, model, updates);
                return moment;
            }
            catch (Exception error) when (error is InvalidDataException or KeyNotFoundException or JsonException)
            {
                note?.Invoke($"{Path.GetFileName(file)} is damaged and was passed over: {error.Message}");
            }
        }
        return null;
    }

    /// <summary>The folder's checkpoints, newest first.</summary>
    public static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, $"{Prefix}*{Ending}").OrderDescending(StringComparer.Ordinal)];

    private static void Place(Dictionary<string, Tensor> tensors, nn.Module model, WeightUpdates updates)
    {
        using var _ = no_grad();
        foreach (var (name, weights) in model.state_dict()) weights.copy_(tensors[$"model.{name}"]);
        updates.Restore(tensors, tensors["optimizer.steps"].data<long>().ToArray());
        random.set_rng_state(tensors[Generator]);
    }
}
