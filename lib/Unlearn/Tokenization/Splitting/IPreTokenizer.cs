namespace Unlearn.Tokenization.Splitting;

/// <summary>Cuts text into the words that the model's tokens never cross.</summary>
internal interface IPreTokenizer
{
    /// <summary>Appends the parts of a piece, none of them empty.</summary>
    void Split(Piece piece, List<Piece> parts);
}
