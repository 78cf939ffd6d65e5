using Unlearn.Models;

namespace Unlearn.Generation;

/// <summary>One answer in the making.</summary>
/// <param name="prompt">The ids before it.</param>
/// <param name="sample">Which of the prompt's answers, from 0.</param>
/// <param name="limit">Most tokens.</param>
internal sealed class DecodedRow(int[] prompt, int sample, int limit)
{
    /// <summary>A row whose prompt and answer fit into a model's context.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The ids before the answer.</param>
    /// <param name="limit">Most tokens.</param>
    /// <param name="sample">Which of the prompt's answers.</param>
    /// <exception cref="ArgumentException">The prompt is empty or longer than the context.</exception>
    public static DecodedRow For(ILanguageModel model, int[] prompt, int limit, int sample = 0) =>
        prompt.Length > 0 && prompt.Length <= model.Context
            ? new(prompt, sample, (int)Math.Min(limit, model.Context - prompt.Length))
            : throw new ArgumentException(
                $"A prompt should have at least 1 and at most {model.Context} tokens but has {prompt.Length}.", nameof(prompt));

    public int[] Prompt => prompt;

    public int Sample => sample;

    public int Limit => limit;

    /// <summary>Ids so far, without the end token.</summary>
    public List<int> Answer { get; } = [];

    /// <summary>Whether nothing is added any more.</summary>
    public bool Ended { get; private set; } = limit <= 0;

    /// <summary>Whether the model ended the answer, rather than the limit.</summary>
    public bool EndedItself { get; private set; }

    /// <summary>Prompt and answer so far.</summary>
    public long[] Ids => [.. prompt.Select(id => (long)id), .. Answer.Select(id => (long)id)];

    /// <summary>Takes the next token.</summary>
    /// <param name="token">Its id.</param>
    /// <param name="end">The id that ends an answer; not part of it.</param>
    public void Add(int token, int end)
    {
        if (token == end) Stop();
        else Answer.Add(token);
        Ended |= Answer.Count >= limit;
    }

    /// <summary>The answer is complete.</summary>
    public void Stop() => Ended = EndedItself = true;
}
