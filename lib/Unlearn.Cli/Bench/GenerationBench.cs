using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.Statistics;
using Unlearn.Data;
using Unlearn.Generation;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Cli.Bench;

/// <summary>Tokens per second of sampling alternates in batches against one at a time, alternating in one run.</summary>
/// <remarks>
/// Three ways: batches with a cache here; one answer after another, with a cache, here; and the same in PyTorch
/// (<c>generation_peer.py</c>), as AltPO's script does it. Here texts are decoded and draws made certain, there neither.
/// </remarks>
internal sealed class GenerationBench(
    SavedModel saved, string modelFolder, IReadOnlyList<QaRow> rows, int samples, AlternateOptions options, int threads, int rounds)
{
    private readonly RowEncoder encoder = saved.Encoder();

    public GenerationBenchResult Run(Action<string> tell)
    {
        set_num_threads(threads);
        var folder = Directory.CreateTempSubdirectory("unlearn-bench-").FullName;
        try
        {
            var prompts = rows.Select(row => options.Template.Prompt(encoder, row)).ToArray();
            var file = Path.Combine(folder, "prompts.json");
            File.WriteAllText(file, JsonSerializer.Serialize(new
            {
                prompts,
                samples,
                end = encoder.End,
                limit = options.Sampling.MaxNewTokens,
                top_k = options.Sampling.TopK,
                top_p = options.Sampling.TopP,
                temperature = options.Sampling.Temperature,
            }));
            using var peer = PeerProcess.PyTorch("generation_peer.py", modelFolder, file, threads);
            tell($"peer: PyTorch {peer.Ready[1]}; {prompts.Length} prompts, {samples} answers each");

            List<double> batched = [], single = [], theirs = [];
            for (var round = 0; round <= rounds; round++)                   // round 0 warms all up
            {
                var fast = Here(prompts, options.Sampling);
                var slow = Here(prompts, options.Sampling with { BatchSize = 1 });
                var other = There(peer);
                if (round == 0 && rounds > 0) continue;
                batched.Add(fast);
                single.Add(slow);
                theirs.Add(other);
                tell(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}: {fast:F0} tokens/s in batches, {slow:F0} one at a time, {other:F0} one at a time in PyTorch"));
            }
            return new(threads, batched.Median(), single.Median(), theirs.Median(),
                batched.Zip(single, (a, b) => a / b).Median(), batched.Zip(theirs, (a, b) => a / b).Median());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private double Here(int[][] prompts, SamplingOptions sampling)
    {
        var clock = Stopwatch.StartNew();
        var answers = Sampler.Generate(saved.Model, encoder, prompts, samples, sampling, seed: 0);
        return answers.Sum(each => each.Sum(answer => answer.Tokens)) / clock.Elapsed.TotalSeconds;
    }

    private static double There(PeerProcess peer)
    {
        var answer = peer.Ask("go");
        return answer[1] / answer[0];
    }
}

/// <summary>Medians over the rounds.</summary>
/// <param name="Threads">Threads on each side.</param>
/// <param name="TokensPerSecond">In batches.</param>
/// <param name="OneAtATime">One answer after another here.</param>
/// <param name="PeerOneAtATime">One answer after another in PyTorch.</param>
/// <param name="Speedup">Median of the rounds' ratios, in batches / one at a time here.</param>
/// <param name="PeerSpeedup">The same to PyTorch, the authors' way.</param>
internal sealed record GenerationBenchResult(
    int Threads, double TokensPerSecond, double OneAtATime, double PeerOneAtATime, double Speedup, double PeerSpeedup);
