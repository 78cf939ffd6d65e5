namespace Unlearn.Tokenization.Added;

/// <summary>A token found in the text itself, before the model sees it.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Id">Its id.</param>
internal sealed record AddedToken(string Content, int Id)
{
    /// <summary>Whether it is no text: left out of decoded text on demand, and found only where special tokens are asked for.</summary>
    public bool Special { get; init; }

    /// <summary>Whether it is looked for in the normalized text, in its own normalized form.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether it counts only where no word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it swallows the white space before it.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it swallows the white space behind it.</summary>
    public bool StripsRight { get; init; }
}
