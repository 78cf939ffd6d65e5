using System.Collections.Immutable;
using System.Text;
using Unlearn.Data;

namespace Unlearn.Generation;

/// <summary>How a model is asked for another answer to a question: a text with places for the row's fields.</summary>
/// <remarks>
/// <para>
/// Places are filled by plain replacement of <c>{key}</c>, in one pass, so that braces inside answers are safe. Layout, markup and oddities
/// (blanks, a line break after <c>&lt;|eot_id|&gt;</c>) are those of the authors' templates; the sentences that ask are this project's own,
/// with the same demands.
/// </para>
/// <para>Mekala et al., 2024 (AltPO). <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
/// <param name="Name">A short name for commands and files.</param>
/// <param name="Text">The prompt, with <c>{question}</c> and <c>{answer}</c>; the model goes on where it ends.</param>
/// <param name="Example">A worked example before it, with <c>{alternate}</c> too; null where the template has none.</param>
/// <param name="IsQuestion">Whether the text goes into the encoder's own prompt format as its question, rather than as it stands.</param>
/// <param name="Stops">What the authors stop at, since models like to go on with a next question.</param>
public sealed record InstructionTemplate(string Name, string Text, string? Example, bool IsQuestion, ImmutableArray<string> Stops)
{
    private static readonly ImmutableArray<string> NextQuestion = ["Question:", "Question: ", "Q: ", "Q:"];

    /// <summary>For Llama-2-chat. Zero-shot in the paper.</summary>
    public static InstructionTemplate Llama2 { get; } = new("llama2",
        "[INST] Question: {question}\nAnswer:{answer}\n" + Llama2Instruction + "\n [/INST] Alternate Answer :",
        "Question: {question}\nAnswer: {answer}\n" + Llama2Instruction + "\n Alternate Answer : {alternate}",
        IsQuestion: false, NextQuestion);

    /// <summary>For Llama-3.2-Instruct; the tokenizer adds another begin token.</summary>
    public static InstructionTemplate Llama32 { get; } = new("llama3.2",
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nYou are a helpful AI assistant.<|eot_id|>\n"
        + "<|start_header_id|>user<|end_header_id|>\n\nQuestion: {question}\nAnswer: {answer}\n" + Llama32Instruction + "<|eot_id|>\n"
        + "<|start_header_id|>assistant<|end_header_id|> \n\nAlternate Answer :",
        Example: null, IsQuestion: false, NextQuestion);

    /// <summary>For the mini scale, whose model is taught it on public authors.</summary>
    public static InstructionTemplate Mini { get; } =
        new("mini", "{question} {answer} Alternate answer:", Example: null, IsQuestion: true, []);

    /// <summary>All templates.</summary>
    public static ImmutableArray<InstructionTemplate> All { get; } = [Llama2, Llama32, Mini];

    private const string Llama2Instruction =
        "Write this answer once more with different details: put other facts, made up but plausible, in their place.";

    private const string Llama32Instruction =
        "For this task you invent things. Write a different answer to the question, built on another sentence pattern, in which every fact "
        + "that the given answer introduces is replaced. The new facts should be believable and contradict the given answer. It must "
        + "still be a plausible reply to the question: leave all details that the question itself states untouched and change only what "
        + "the answer adds.";

    /// <summary>A template by its name.</summary>
    /// <param name="name">As in <see cref="Name"/>.</param>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static InstructionTemplate Named(string name) => All.FirstOrDefault(template => template.Name == name)
        ?? throw new ArgumentException(
            $"A template should be one of {string.Join(", ", All.Select(template => template.Name))} but is \"{name}\".", nameof(name));

    /// <summary>The prompt for a row.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="examples">Rows with alternates that are shown first, a blank line between them; none in the paper.</param>
    /// <exception cref="InvalidOperationException">There are examples but the template has no place for any.</exception>
    public string Fill(string question, string answer, params IReadOnlyList<AlternateRow> examples)
    {
        if (examples.Count > 0 && Example is null)
            throw new InvalidOperationException($"The template \"{Name}\" has no form for examples.");
        var shown = examples.Select(row =>
            Filled(Example!, ("question", row.Question), ("answer", row.Answer), ("alternate", row.Alternate)));
        return string.Join("\n\n", [.. shown, Filled(Text, ("question", question), ("answer", answer))]);
    }

    /// <summary>The prompt's ids, markup read as special tokens and the tokenizer's begin token put first.</summary>
    /// <param name="encoder">Makes text into tokens.</param>
    /// <param name="row">The row.</param>
    public int[] Prompt(RowEncoder encoder, QaRow row)
    {
        var text = Fill(row.Question, row.Answer);
        return IsQuestion ? encoder.Prompt(text) : encoder.Tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true);
    }

    // What has been filled in is not searched again.
    private static string Filled(string text, params ReadOnlySpan<(string Key, string Value)> fields)
    {
        var filled = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var next = -1;
            foreach (var (key, value) in fields)
            {
                if (!text.AsSpan(at).StartsWith($"{{{key}}}")) continue;
                filled.Append(value);
                next = at + key.Length + 2;
            }
            if (next < 0) filled.Append(text[at]);
            at = next < 0 ? at + 1 : next;
        }
        return filled.ToString();
    }
}
