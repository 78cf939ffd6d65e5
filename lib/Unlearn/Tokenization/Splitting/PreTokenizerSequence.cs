namespace Unlearn.Tokenization.Splitting;

/// <summary>Cuts the parts of one pre-tokenizer by the next.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public void Split(Piece piece, List<Piece> parts)
    {
        List<Piece> before = [piece];
        for (var i = 0; i < steps.Count; i++)
        {
            var after = i == steps.Count - 1 ? parts : [];
            foreach (var part in before) steps[i].Split(part, after);
            before = after;
        }
        if (steps.Count == 0) parts.Add(piece);
    }
}
