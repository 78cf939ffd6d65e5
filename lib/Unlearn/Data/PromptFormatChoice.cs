using Unlearn.Tensors;
using Unlearn.Tokenization;

namespace Unlearn.Data;

/// <summary>Which prompt format a model is asked in.</summary>
/// <remarks>
/// Only the project's own models can be told by their tokenizer. Others share tokenizers between formats that differ in every number, such
/// as the three of Llama 3, so theirs is named and never guessed.
/// </remarks>
public static class PromptFormatChoice
{
    /// <summary>A format by name, or from a file.</summary>
    /// <param name="nameOrFile">One of the names in <see cref="PromptFormat.All"/>, or a path that ends in .json.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no prompt format.</exception>
    public static PromptFormat Named(string nameOrFile) => nameOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        ? PromptFormatFile.Read(nameOrFile) : PromptFormat.Named(nameOrFile);

    /// <summary>The format that is given, or the mini scale's where the tokenizer is one of its own.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="given">What the user or the model's folder names; null for nothing.</param>
    /// <exception cref="InvalidDataException">The given format does not fit the tokenizer, or none is given and it must be.</exception>
    public static PromptFormat For(ITokenizer tokenizer, PromptFormat? given)
    {
        if (given is not null)
        {
            return Misfit(tokenizer, given) is not { } missing ? given : throw new InvalidDataException(
                $"Prompt format {given.Name} does not fit the model's tokenizer: {missing}. {Choices(tokenizer)}");
        }
        return Misfit(tokenizer, PromptFormat.Mini) is null ? PromptFormat.Mini : throw new InvalidDataException(
            $"A model that was not trained here needs the name of the prompt format it was tuned with (--format). {Choices(tokenizer)}");
    }

    private static string Choices(ITokenizer tokenizer)
    {
        string[] fitting = [.. PromptFormat.All.Where(format => Misfit(tokenizer, format) is null).Select(format => format.Name)];
        return (fitting.Length == 0 ? "None of the known formats fits its tokenizer" : $"Its tokenizer fits {string.Join(", ", fitting)}")
            + $"; any other can be described in a file, {PromptFormatFile.Name} in the model's folder or one that is named.";
    }

    private static string? Misfit(ITokenizer tokenizer, PromptFormat format)
    {
        try
        {
            format.CheckFits(tokenizer);
            return null;
        }
        catch (ArgumentException error)
        {
            return Complaint.Of(error).TrimEnd('.');
        }
    }
}
