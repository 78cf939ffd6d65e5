using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Unlearn.Tokenization;

namespace Unlearn.Data;

/// <summary>How a model family wants a question and its answer written, token for token as the papers' code does.</summary>
/// <remarks>
/// <code>
///   BeforeQuestion question AfterQuestion │ BeforeAnswer answer End
///                prompt, no targets       │       targets
/// </code>
/// <para>
/// The whole text is encoded in one go, with special tokens read and the tokenizer's frame (BOS) put before it; the prompt's length is
/// that of the prompt encoded alone, as in the authors' code. <see cref="End"/> follows the last answer token and is a target. It also
/// fills up short rows (the papers' pad = eos), which is harmless here because batches know their rows' lengths and never ask for an id.
/// </para>
/// </remarks>
/// <param name="Name">A short name, e.g. for a command line.</param>
/// <param name="BeforeQuestion">Text before the question.</param>
/// <param name="AfterQuestion">Text behind it, the end of the prompt.</param>
/// <param name="BeforeAnswer">Text before the answer that counts as part of it in losses and in every number per token.</param>
/// <param name="End">The special token that ends an answer.</param>
public sealed partial record PromptFormat(string Name, string BeforeQuestion, string AfterQuestion, string BeforeAnswer, string End)
{
    private const string UserHeader = "<|start_header_id|>user<|end_header_id|>\n\n";
    private const string AssistantHeader = "<|start_header_id|>assistant<|end_header_id|>\n\n";

    /// <summary>
    /// Whether the tokenizer's own frame, such as BOS, comes first. False where the format writes it itself, since a tokenizer would add
    /// a second one.
    /// </summary>
    public bool UsesFrame { get; init; } = true;

    /// <summary>
    /// Whether question and answer are encoded on their own, special tokens in them being text. Only sound where all that stands around
    /// them is special tokens, because tokens never merge across those.
    /// </summary>
    public bool EncodesTextsApart { get; init; }

    /// <summary>The project's small models: <c>&lt;|question|&gt; question &lt;|answer|&gt; answer &lt;|end|&gt;</c>.</summary>
    public static PromptFormat Mini { get; } = new("mini", "<|question|>", "<|answer|>", "", "<|end|>") { EncodesTextsApart = true };

    /// <summary>
    /// Llama-2-chat as TOFU's authors and all papers after them write it: the answer follows the bracket without a space, and there is no
    /// system prompt.
    /// </summary>
    public static PromptFormat Llama2Chat { get; } = new("llama2-chat", "[INST] ", " [/INST]", "", "</s>");

    /// <summary>
    /// Llama-3-8B-Instruct as “A Closer Look at Machine Unlearning” writes it: no system turn, the assistant's header is prompt.
    /// </summary>
    public static PromptFormat Llama3Instruct { get; } =
        new("llama3-instruct", UserHeader, $"<|eot_id|>{AssistantHeader}", "", "<|eot_id|>");

    /// <summary>
    /// Llama-3.2-Instruct as AltPO's authors write it: a system turn, and the assistant's header glued to the answer, so that its four
    /// tokens are in the loss and in every number of tokens.
    /// </summary>
    public static PromptFormat Llama32AltPo { get; } = new(
        "llama3.2-altpo", $"<|start_header_id|>system<|end_header_id|>\n\nYou are a helpful assistant.<|eot_id|>{UserHeader}", "<|eot_id|>",
        AssistantHeader, "<|eot_id|>");

    /// <summary>
    /// Llama-3.1 and 3.2-Instruct as open-unlearning writes them: the checkpoint's chat template, whose date is pinned, with the
    /// assistant's header in the prompt.
    /// </summary>
    public static PromptFormat Llama32OpenUnlearning { get; } = new(
        "llama3.2-ou",
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 10 Apr 2025\n\n"
            + $"You are a helpful assistant.<|eot_id|>{UserHeader}",
        $"<|eot_id|>{AssistantHeader}", "", "<|eot_id|>")
    {
        UsesFrame = false,
    };

    /// <summary>Phi-1.5, Pythia and StableLM in TOFU: the two tokens of “Answer:” are targets and count per token.</summary>
    public static PromptFormat Phi { get; } = new("phi", "Question: ", "\n", "Answer: ", "<|endoftext|>");

    /// <summary>Qwen2.5-Instruct: ChatML with the family's usual system turn; the answer ends with its turn.</summary>
    public static PromptFormat Qwen { get; } = new(
        "qwen", "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", "",
        "<|im_end|>");

    /// <summary>Qwen3 without reasoning: ChatML without a system turn, and an empty block of thoughts that belongs to the prompt.</summary>
    public static PromptFormat Qwen3 { get; } = new(
        "qwen3", "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n", "", "<|im_end|>");

    /// <summary>
    /// OPT, which knows no markup, as LLMU's script writes it: the space before the answer belongs to the answer's first token.
    /// </summary>
    public static PromptFormat Llmu { get; } = new("llmu", "### Question: ", "\n ### Answer:", " ", "</s>");

    /// <summary>No markup: question, line feed, answer; the end token is GPT-2's and <c>with</c> sets another.</summary>
    public static PromptFormat Plain { get; } = new("plain", "", "\n", "", "<|endoftext|>");

    /// <summary>All of them.</summary>
    public static ImmutableArray<PromptFormat> All =>
        [Mini, Llama2Chat, Llama3Instruct, Llama32AltPo, Llama32OpenUnlearning, Phi, Qwen, Qwen3, Llmu, Plain];

    /// <summary>The format of a name.</summary>
    /// <param name="name">One of the names in <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static PromptFormat Named(string name) => All.FirstOrDefault(format => format.Name == name) ?? throw new ArgumentException(
        $"'{name}' is no prompt format; there are {string.Join(", ", All.Select(format => format.Name))}.", nameof(name));

    /// <summary>Checks that a tokenizer knows every special token that the format writes.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <exception cref="ArgumentException">It does not know one of them.</exception>
    public void CheckFits(ITokenizer tokenizer)
    {
        foreach (Match token in Special().Matches(BeforeQuestion + AfterQuestion + BeforeAnswer + End)) _ = tokenizer.IdOf(token.Value);
        _ = tokenizer.IdOf(End);
    }

    /// <summary>The ids before the answer.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="question">The question.</param>
    public int[] Prompt(ITokenizer tokenizer, string question) => EncodesTextsApart
        ? [.. Markup(tokenizer, BeforeQuestion), .. tokenizer.Encode(question), .. Markup(tokenizer, AfterQuestion)]
        : tokenizer.Encode(BeforeQuestion + question + AfterQuestion, parseSpecialTokens: true, addSpecialTokens: UsesFrame);

    /// <summary>A whole row.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="question">The question.</param>
    /// <param name="answer">Any answer to it.</param>
    public EncodedRow Encode(ITokenizer tokenizer, string question, string answer)
    {
        var prompt = Prompt(tokenizer, question);
        var end = tokenizer.IdOf(End);
        int[] ids = EncodesTextsApart
            ? [.. prompt, .. Markup(tokenizer, BeforeAnswer), .. tokenizer.Encode(answer), end]
            : [.. tokenizer.Encode(BeforeQuestion + question + AfterQuestion + BeforeAnswer + answer, true, UsesFrame), end];
        return new(ids, Math.Min(prompt.Length, ids.Length - 1));
    }

    private static int[] Markup(ITokenizer tokenizer, string text) => tokenizer.Encode(text, parseSpecialTokens: true);

    [GeneratedRegex(@"<\|\w+\|>")]
    private static partial Regex Special();
}
