using System.Text.Json;
using Unlearn.Experiments;

namespace Unlearn.Cli.Sweeps;

/// <summary>A process of a sweep: reads one specification a line, runs it, answers with one line, until its input ends.</summary>
internal static class Worker
{
    /// <summary>Works until the input ends.</summary>
    /// <param name="input">One <see cref="IExperiment"/> as JSON a line.</param>
    /// <param name="output">Receives one <see cref="WorkerReply"/> as JSON a line; several tell of progress, one of the end.</param>
    public static void Run(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { Length: > 0 } line)
        {
            var spec = ExperimentJson.Read(line);
            try
            {
                var failure = spec.Keep(TrialStore.Shared, ModelStore.Shared, text => Reply(new(Progress: text)));
                Reply(new(Done: true, Failure: failure));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Reply(new(Done: true, Error: $"{error.GetType().Name}: {error.Message}"));
            }
        }

        void Reply(WorkerReply reply)
        {
            output.WriteLine(JsonSerializer.Serialize(reply, TrialStore.Json));
            output.Flush();
        }
    }
}

/// <summary>One line of a worker.</summary>
/// <param name="Progress">What it is doing.</param>
/// <param name="Done">Whether the specification is finished.</param>
/// <param name="Failure">Why unlearning ended early although the result counts.</param>
/// <param name="Error">Why there is no result.</param>
internal sealed record WorkerReply(string? Progress = null, bool Done = false, string? Failure = null, string? Error = null);
