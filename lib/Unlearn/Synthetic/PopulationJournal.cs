using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Synthetic;

/// <summary>Finished instances of a population on disk, one line each, so that a run that ends early goes on where it was.</summary>
/// <remarks>
/// The first line names what was computed; a file of another plan is begun anew. A last line that was cut is ignored. Numbers are stored as
/// their bytes: an instance that is read back is equal to the last bit.
/// </remarks>
internal sealed class PopulationJournal
{
    private readonly string path;
    private readonly PopulationPlan plan;
    private readonly ImmutableArray<int> steps;
    private readonly Lock gate = new();

    public PopulationJournal(string path, PopulationPlan plan)
    {
        (this.path, this.plan, steps) = (path, plan, [.. plan.Settings.MeasuredSteps()]);
        Finished = Read();
        // Written anew as a whole: what was cut at the end of the last run must not stand before the next line.
        WholeFile.Write(path, string.Concat(Finished.Values.Select(Line).Prepend(Heading()).Select(line => line + "\n")));
    }

    /// <summary>Instances by seed, as far as they were finished when the journal was opened.</summary>
    public IReadOnlyDictionary<long, SyntheticInstance> Finished { get; }

    /// <summary>Adds an instance. Any thread may.</summary>
    public void Add(SyntheticInstance instance)
    {
        lock (gate) File.AppendAllText(path, Line(instance) + "\n");
    }

    private string Heading() => JsonSerializer.Serialize(new { fingerprint = plan.Fingerprint() });

    private Dictionary<long, SyntheticInstance> Read()
    {
        if (!File.Exists(path) || File.ReadLines(path).FirstOrDefault() != Heading()) return [];
        return File.ReadLines(path).Skip(1).Select(Parse).OfType<SyntheticInstance>()
            .DistinctBy(instance => instance.Seed).ToDictionary(instance => instance.Seed);
    }

    private static string Line(SyntheticInstance instance) => JsonSerializer.Serialize(new Entry(
        instance.Seed,
        [.. instance.Trajectories.Select(trajectory => MemoryMarshal.AsBytes(trajectory.Points.AsSpan()).ToArray())]));

    private SyntheticInstance? Parse(string line)
    {
        Entry? entry;
        try
        {
            entry = JsonSerializer.Deserialize<Entry>(line);
        }
        catch (JsonException)
        {
            return null;
        }
        var bytes = steps.Length * Marshal.SizeOf<Distances>();
        if (entry?.Points is not { } points || points.Length != plan.Methods.Count || points.Any(each => each.Length != bytes)) return null;
        return new(entry.Seed, [.. plan.Methods.Zip(points, (method, each) =>
            new Trajectory(method.Name, steps, [.. MemoryMarshal.Cast<byte, Distances>(each)]))]);
    }

    private sealed record Entry(long Seed, byte[][] Points);
}
