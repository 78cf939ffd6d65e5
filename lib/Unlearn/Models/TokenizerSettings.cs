using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Data;
using Unlearn.Tokenization;

namespace Unlearn.Models;

/// <summary>What Hugging Face's libraries ask about a tokenizer besides <c>tokenizer.json</c>, for models that have no older folder.</summary>
/// <remarks>
/// Without <c>tokenizer_config.json</c> they choose a class by the model's architecture, and Llama's class puts a BOS before every text,
/// which these models have never seen.
/// </remarks>
internal static class TokenizerSettings
{
    private const string Name = "tokenizer_config.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,       // template and tokens stay readable
    };

    /// <summary>Writes the file.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="context">Longest sequence of the model, in tokens.</param>
    public static void Write(string folder, ITokenizer tokenizer, long context)
    {
        var settings = new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["model_max_length"] = context,
            ["clean_up_tokenization_spaces"] = false,
        };
        if (Speaks(tokenizer, PromptFormat.Mini))
        {
            settings["eos_token"] = PromptFormat.Mini.End;
            settings["pad_token"] = PromptFormat.Mini.End;
            settings["chat_template"] = Template(PromptFormat.Mini);
        }
        WholeFile.Write(Path.Combine(folder, Name), settings.ToJsonString(Json) + "\n");
    }

    /// <summary>Adds the ids at which transformers begins and ends texts; its own defaults are Llama's.</summary>
    /// <param name="config">The model's configuration.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    public static void AddEnds(JsonObject config, ITokenizer tokenizer)
    {
        config["bos_token_id"] = null;
        config["eos_token_id"] = Speaks(tokenizer, PromptFormat.Mini) ? tokenizer.IdOf(PromptFormat.Mini.End) : null;
    }

    private static bool Speaks(ITokenizer tokenizer, PromptFormat format) =>
        tokenizer.SpecialTokens.Contains(format.BeforeQuestion) && tokenizer.SpecialTokens.Contains(format.AfterQuestion)
        && tokenizer.SpecialTokens.Contains(format.End);

    /// <summary>The format in Jinja, as <c>apply_chat_template</c> reads it.</summary>
    private static string Template(PromptFormat format) =>
        "{% for message in messages %}"
        + $$$"""{% if message['role'] == 'user' %}{{ '{{{format.BeforeQuestion}}}' + message['content'] }}"""
        + $$$"""{% elif message['role'] == 'assistant' %}{{ '{{{format.AfterQuestion}}}' + message['content'] + '{{{format.End}}}' }}"""
        + "{% else %}{{ raise_exception('This model knows user and assistant, no other role.') }}{% endif %}"
        + "{% endfor %}"
        + $$$"""{% if add_generation_prompt %}{{ '{{{format.AfterQuestion}}}' }}{% endif %}""";
}
