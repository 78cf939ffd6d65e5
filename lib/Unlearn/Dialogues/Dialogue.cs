using System.Collections.Immutable;

namespace Unlearn.Dialogues;

/// <summary>One exchange: what is asked and what a model answered or should answer.</summary>
/// <remarks>Dialogues are values: two are equal when all their texts are, expected answers in order included.</remarks>
/// <param name="Prompt">What is asked, without any prompt markup.</param>
/// <param name="Answer">The answer that belongs to it; for a dialogue that is not ordinary, the one to be unlearned.</param>
/// <param name="Kind">What it should be unlearned for.</param>
/// <param name="Key">What it is about: an entity, a topic, a person. Splits never share one.</param>
/// <param name="Template">The number of the question's wording, from 0.</param>
public sealed record Dialogue(string Prompt, string Answer, DialogueKind Kind, string Key, int Template)
{
    /// <summary>
    /// Answers that should take its place: refusals of a harmful or private request, the right answer in all its wordings. Empty where
    /// there is none to prefer, as for ordinary dialogues.
    /// </summary>
    public ImmutableArray<string> Expected { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// What an answer must not say: the private number, the invented value, the forbidden tool. Of an ordinary dialogue what it must say.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>
    /// What a right answer says in place of <see cref="Value"/>; null where only not to answer is right, and for ordinary dialogues.
    /// </summary>
    public string? Truth { get; init; }

    /// <summary>What is asked about the key, such as <c>number</c> or <c>capital</c>; empty where nobody said.</summary>
    public string Topic { get; init; } = "";

    /// <summary>What is known about the matter, for judges that need it; null where nothing came with the dialogue.</summary>
    public string? Evidence { get; init; }

    /// <summary>Compares all texts by ordinal value.</summary>
    /// <param name="other">The dialogue to compare with.</param>
    public bool Equals(Dialogue? other) =>
        other is not null
        && (Prompt, Answer, Kind, Key, Template) == (other.Prompt, other.Answer, other.Kind, other.Key, other.Template)
        && (Value, Truth, Topic, Evidence) == (other.Value, other.Truth, other.Topic, other.Evidence)
        && Expected.SequenceEqual(other.Expected);

    /// <summary>A hash of prompt and answer, which nearly identify a dialogue.</summary>
    public override int GetHashCode() => HashCode.Combine(Prompt, Answer);
}
