namespace Unlearn.Data;

/// <summary>One question and answer as token ids: prompt, answer, end token.</summary>
/// <param name="Ids">All ids.</param>
/// <param name="PromptLength">How many of them are the prompt; the rest are targets.</param>
public readonly record struct EncodedRow(int[] Ids, int PromptLength)
{
    /// <summary>|y|, number of answer tokens, the end token included.</summary>
    public int AnswerLength => Ids.Length - PromptLength;
}
