using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.Statistics;
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
            using var peer = new PeerProcess("node", [PeerProcess.Script("tokenizers_peer.mjs"), npmFolder, folder, file],
                $"node could not load {folder}.");
            var tokenizer = TokenizerJson.Load(Path.Combine(folder, "tokenizer.json"));

            List<double> ours = [], theirs = [];
            var count = 0L;
            for (var round = 0; round <= rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                count = texts.Sum(text => (long)tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true).Length);
                ours.Add(clock.Elapsed.TotalSeconds);
                var answer = peer.Ask("");
                theirs.Add(answer[0]);
                if (answer[1] != count)
                    throw new InvalidOperationException($"Both sides should give as many ids but ours are {count} and theirs {answer[1]}.");
                tell(string.Create(CultureInfo.InvariantCulture,
                    $"{package} round {round}: {count / ours[^1] / 1e6:F2} million ids/s here, {count / theirs[^1] / 1e6:F2} there"));
            }
            return new(package, count, count / ours[0], theirs[0] / ours[0], count / ours.Skip(1).Median(), count / theirs.Skip(1).Median(),
                theirs.Zip(ours, (a, b) => a / b).Skip(1).Median());
        }
        finally
        {
            File.Delete(file);
        }
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
