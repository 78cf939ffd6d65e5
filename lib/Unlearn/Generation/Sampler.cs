using System.Runtime.InteropServices;
using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Models;
using Unlearn.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Generation;

/// <summary>Samples answers, many prompts at once, each the same whatever it is sampled with.</summary>
/// <remarks>
/// <para>
/// Token n of answer k to a prompt is drawn with a random number that is a function of (seed, prompt, k, n) alone, from the model's
/// probabilities after that prefix. So answers are a function of weights, prompt and seed, and of <see cref="SamplingOptions"/> as far
/// as those say what to sample: not of the other prompts, their order, or how many answers are asked for.
/// </para>
/// <para>
/// Floating-point sums depend on the shapes in which they are computed, so that a batch of 32, or a cache, gives slightly other logits
/// than a prefix read alone. What counts is defined by the latter: <b>the draw from the logits of the prefix alone, read whole</b>. A batch
/// is a filter before that, as in exact geometry: where its logits, off by <see cref="SamplingOptions.LogitTolerance"/> at the most, could
/// not have given another token, its draw is taken; where they could, which is rare, the prefix is read alone. Every such reading, and one
/// of each batch in any case, also measures how far the batch is off; more than half the tolerance is an error, not another answer.
/// </para>
/// <para>
/// A model in bfloat16 is off by tenths, so that this would read nearly every prefix alone. Its draws are the batch's; they are the same
/// again for the same batches.
/// </para>
/// <para>
/// "Read alone" is the same on one machine with one number of threads; other machines agree up to draws that rounding decides.
/// </para>
/// </remarks>
public static class Sampler
{
    /// <summary>Samples several answers to each prompt.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="encoder">Makes ids into text and knows which id ends an answer.</param>
    /// <param name="prompts">Token ids; equal prompts get equal answers.</param>
    /// <param name="samples">K, answers to each; the first of them are the same for a larger K.</param>
    /// <param name="options">How to sample.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="cancellation">Ends the work between two tokens.</param>
    /// <returns>For each prompt its K answers.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or longer than the model's context.</exception>
    /// <exception cref="ArithmeticException">Two ways of computing logits differ by more than the tolerance allows.</exception>
    public static SampledAnswer[][] Generate<TModel>(
        TModel model, RowEncoder encoder, IReadOnlyList<int[]> prompts, int samples, SamplingOptions options, long seed,
        CancellationToken cancellation = default)
        where TModel : nn.Module, ILanguageModel
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        DecodedRow[] rows = [.. prompts.SelectMany(prompt =>
            Enumerable.Range(0, samples).Select(sample => DecodedRow.For(model, prompt, options.MaxNewTokens, sample)))];
        model.eval();
        using var _ = no_grad();
        var draws = new Draws<TModel>(model, encoder, options, seed);
        foreach (var batch in rows.OrderBy(row => row.Prompt.Length).Chunk(options.BatchSize))
        {
            using var scope = NewDisposeScope();
            draws.Begin();
            if (options.Cache) draws.Run(model, batch, cancellation);
            else draws.RunWithoutCache(model, batch, cancellation);
        }
        return [.. rows.Chunk(samples).Select(answers => answers.Select(draws.Finished).ToArray())];
    }

    private sealed class Draws<TModel>(TModel model, RowEncoder encoder, SamplingOptions options, long seed) : BatchDecoder(encoder.End)
        where TModel : nn.Module, ILanguageModel
    {
        private readonly Dictionary<int[], ulong> streams = [];
        private readonly int stopTokens = 2 + options.StopStrings
            .Select(stop => encoder.Tokenizer.Encode(stop).Length).DefaultIfEmpty().Max();
        // In fewer digits than float32 logits of one prefix differ by tenths, and nearly every draw would have to be made again.
        private readonly bool compares = model.parameters().First().dtype is ScalarType.Float32 or ScalarType.Float64;
        private bool compared;

        public void Begin() => compared = false;

        public SampledAnswer Finished(DecodedRow row)
        {
            var text = encoder.Decode(row.Answer);
            foreach (var stop in options.StopStrings)
                if (text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and var at) text = text[..at];
            return new(text.Trim(), row.Answer.Count, row.EndedItself);
        }

        protected override int[] Next(Tensor logits, IReadOnlyList<DecodedRow> rows)
        {
            using var scope = NewDisposeScope();
            var V = (int)logits.shape[1];
            var probabilities = Probabilities(logits);
            var tokens = new int[rows.Count];
            foreach (var (b, row) in rows.Index())
            {
                if (row.Ended) continue;
                var uniform = Uniform(row);
                var draw = TokenDraw.From(probabilities.AsSpan(b * V, V), uniform, options, options.LogitTolerance);
                if (compares && (!draw.Certain || !compared))
                {
                    compared = true;
                    draw = TokenDraw.From(Alone(row, logits[b]), uniform, options, 0);
                }
                tokens[b] = draw.Token;
            }
            return tokens;
        }

        protected override void Extended(DecodedRow row)
        {
            if (options.StopStrings.IsEmpty) return;
            var tail = encoder.Decode(row.Answer.Skip(row.Answer.Count - stopTokens));
            if (options.StopStrings.Any(stop => tail.Contains(stop, StringComparison.Ordinal))) row.Stop();
        }

        private float[] Probabilities(Tensor logits) =>
            (logits.Wide() / options.Temperature).softmax(-1).to(float32).cpu().data<float>().ToArray();

        /// <summary>The probabilities that count, after the row's prefix read alone and whole.</summary>
        private float[] Alone(DecodedRow row, Tensor batched)
        {
            using var scope = NewDisposeScope();
            var ids = tensor(row.Ids, device: batched.device).unsqueeze(0);
            var logits = model.Logits(model.Hidden(ids).select(1, -1));                                   // [1, V]
            var off = (logits[0] - batched).abs().max().to(float64).item<double>();
            return off <= options.LogitTolerance / 2 ? Probabilities(logits) : throw new ArithmeticException(FormattableString.Invariant(
                $"Logits in a batch and alone should differ by at most {options.LogitTolerance / 2:G2} but differ by {off:G2}; set ")
                + $"{nameof(SamplingOptions.LogitTolerance)} to twice that or more, so that answers do not depend on the batch.");
        }

        /// <summary>53 bits that belong to seed, prompt, sample and position.</summary>
        private double Uniform(DecodedRow row)
        {
            ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(streams, row.Prompt, out var known);
            if (!known) stream = SplitMix64.Of([.. row.Prompt.Select(id => (ulong)id)]);
            return (SplitMix64.Of((ulong)seed, stream, (ulong)row.Sample, (ulong)row.Answer.Count) >> 11) * (1.0 / (1UL << 53));
        }
    }
}

/// <summary>A sampled answer.</summary>
/// <param name="Text">Cut at the first stop string and trimmed.</param>
/// <param name="Tokens">Tokens generated, those of a stop string included and the end token not.</param>
/// <param name="EndedItself">Whether the model ended it, rather than the limit.</param>
public readonly record struct SampledAnswer(string Text, int Tokens, bool EndedItself);
