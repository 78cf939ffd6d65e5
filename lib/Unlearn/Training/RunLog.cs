using System.Text.Json;

namespace Unlearn.Training;

/// <summary>A run's log: one JSON object a line, the first about the run, each flushed before the next update begins.</summary>
/// <remarks>
/// Kinds of lines: <c>header</c>, <c>step</c>, <c>evaluation</c>, <c>end</c>. Only <c>seconds</c> and <c>tokensPerSecond</c> differ
/// between two runs of one configuration. A resumed run first cuts what the checkpoint does not know, so no step stands twice.
/// </remarks>
internal sealed class RunLog : IDisposable
{
    private readonly FileStream stream;

    /// <summary>Opens a log for more lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How much of it is kept.</param>
    /// <exception cref="InvalidDataException">The log is shorter.</exception>
    public RunLog(string path, long length)
    {
        stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (stream.Length < length)
        {
            stream.Dispose();
            throw new InvalidDataException(
                $"{path} should have at least the {length} bytes that the checkpoint knows but has {new FileInfo(path).Length}.");
        }
        stream.SetLength(length);
        stream.Position = length;
    }

    /// <summary>Bytes so far.</summary>
    public long Length => stream.Position;

    /// <summary>Adds a line about a step.</summary>
    public void Write(StepReport report) => Write(new
    {
        kind = "step",
        report.Step,
        report.Steps,
        report.Loss,
        terms = report.Terms.Select(term => new { term.Name, term.Weight, term.Value, term.Adaptive }),
        report.GradientNorm,
        report.LearningRate,
        report.Tokens,
        report.TokensPerSecond,
        seconds = report.Elapsed.TotalSeconds,
    });

    /// <summary>Adds a line.</summary>
    public void Write<T>(T line)
    {
        JsonSerializer.Serialize(stream, line, RunIdentity.Json);
        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}
