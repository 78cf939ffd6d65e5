namespace Unlearn.Tokenization;

/// <summary>The tokenizer of a checkpoint folder, in whichever of its forms it is there.</summary>
public static class TokenizerFolder
{
    private const string Whole = "tokenizer.json", Words = "vocab.txt";

    /// <summary>Whether a folder holds a tokenizer in one of these forms.</summary>
    /// <param name="folder">A checkpoint.</param>
    public static bool Holds(string folder) => File.Exists(Path.Combine(folder, Whole)) || File.Exists(Path.Combine(folder, Words));

    /// <summary>Reads <c>tokenizer.json</c>, or where there is none BERT's <c>vocab.txt</c>.</summary>
    /// <param name="folder">A checkpoint.</param>
    /// <exception cref="FileNotFoundException">It has neither.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not supported.</exception>
    public static PipelineTokenizer Load(string folder)
    {
        var (whole, words) = (Path.Combine(folder, Whole), Path.Combine(folder, Words));
        if (File.Exists(whole)) return TokenizerJson.Load(whole);
        return File.Exists(words) ? WordPieceFile.Load(words)
            : throw new FileNotFoundException($"{folder} should hold a tokenizer but has neither {Whole} nor {Words}.", whole);
    }
}
