using System.Text;

namespace Unlearn.Tokenization.Patterns;

/// <summary>The classes that GPT-like word patterns tell apart.</summary>
internal enum CharacterKind : byte
{
    Other,
    Letter,
    Number,
    Space,

    /// <summary>Carriage return and line feed, which are white space too.</summary>
    NewLine,
}

/// <summary>Finds the class of the character at a place: a table for one UTF-16 unit, Unicode's data beyond.</summary>
internal static class CharacterKinds
{
    private static readonly CharacterKind[] OfUnit = [.. Enumerable.Range(0, 0x10000).Select(unit => Of((char)unit))];

    /// <summary>The class, and how many UTF-16 units the character has.</summary>
    public static CharacterKind At(ReadOnlySpan<char> text, int at, out int width)
    {
        var unit = text[at];
        width = 1;
        if (!char.IsHighSurrogate(unit) || at + 1 == text.Length) return OfUnit[unit];
        width = 2;
        return Of(new Rune(unit, text[at + 1]));
    }

    private static CharacterKind Of(char unit) => Rune.TryCreate(unit, out var rune) ? Of(rune) : CharacterKind.Other;

    private static CharacterKind Of(Rune rune) => rune.Value is '\r' or '\n' ? CharacterKind.NewLine
        : Rune.IsLetter(rune) ? CharacterKind.Letter
        : Rune.IsNumber(rune) ? CharacterKind.Number
        : Rune.IsWhiteSpace(rune) ? CharacterKind.Space
        : CharacterKind.Other;
}
