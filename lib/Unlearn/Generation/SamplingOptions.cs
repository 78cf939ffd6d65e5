using System.Collections.Immutable;
using Unlearn.Tensors;

namespace Unlearn.Generation;

/// <summary>How answers are sampled.</summary>
/// <remarks>
/// <para>
/// Hugging Face's order: logits over temperature, then the <see cref="TopK"/> likeliest tokens, then of those the fewest likeliest with at
/// least <see cref="TopP"/> of the probability, then one at random. Nothing is inherited from a checkpoint: what is null here is off.
/// </para>
/// </remarks>
public sealed record SamplingOptions
{
    /// <summary>Divides the logits; positive. 1 samples from the model as it is.</summary>
    public double Temperature { get; init => field = Require.Positive(value, nameof(Temperature)); } = 1;

    /// <summary>Only so many likeliest tokens are drawn from; null for all.</summary>
    public int? TopK { get; init => field = value is { } k ? Require.Positive(k, nameof(TopK)) : null; }

    /// <summary>Only the fewest likeliest tokens that together have this probability are drawn from, in (0, 1]; null for all.</summary>
    public double? TopP
    {
        get;
        init => field = value is null or (> 0 and <= 1) ? value
            : throw new ArgumentOutOfRangeException(nameof(TopP), value, "TopP should be above 0 and at most 1.");
    }

    /// <summary>Most tokens of an answer.</summary>
    public int MaxNewTokens { get; init => field = Require.Positive(value, nameof(MaxNewTokens)); } = 200;

    /// <summary>Texts that end an answer and do not belong to it.</summary>
    public ImmutableArray<string> StopStrings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Answers that are read at once. Changes time and memory, never the answers.</summary>
    public int BatchSize { get; init => field = Require.Positive(value, nameof(BatchSize)); } = 128;

    /// <summary>Whether keys and values of what has been read are kept. Changes time and memory, never the answers.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>
    /// More than logits of one prefix may differ between two ways of computing them, in nats; decides how often a draw is made again from
    /// the prefix read alone (<see cref="Sampler"/>), never the answers. The default suits float32. Of models in bfloat16, whose logits
    /// differ by tenths, draws are taken as the batch gives them: there answers depend on <see cref="BatchSize"/>.
    /// </summary>
    public double LogitTolerance { get; init => field = Require.NotNegative(value, nameof(LogitTolerance)); } = 1e-3;

    /// <summary>The settings that change answers as one line for logs and names.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"temperature {Temperature}, top-k {(object?)TopK ?? "all"}, top-p {(object?)TopP ?? "all"}, at most {MaxNewTokens} tokens");
}
