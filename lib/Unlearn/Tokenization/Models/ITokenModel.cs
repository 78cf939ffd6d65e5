namespace Unlearn.Tokenization.Models;

/// <summary>Turns one word into ids.</summary>
internal interface ITokenModel
{
    /// <summary>Appends the ids of a word that is not empty.</summary>
    /// <exception cref="InvalidDataException">A character is unknown and the file names no token for that.</exception>
    void Append(ReadOnlySpan<char> word, List<int> ids);
}
