using Unlearn.Data.World;
using Unlearn.Metrics.Quality;

namespace Unlearn.Metrics.Meaning;

/// <summary>An exact judge for the generated worlds that stands in, as a surrogate, for a trained classifier of entailment.</summary>
/// <remarks>
/// <para>
/// Reads each sentence of both texts in the wordings of the world as facts: who, what, which value. A hypothesis follows when the premise
/// states every one of its facts; it is excluded when the premise gives another value for one of them; otherwise, and where a text has no
/// facts, such as a refusal or gibberish, it is neutral. A text follows from itself.
/// </para>
/// <para>
/// A bare value, which short answers are, follows from a text that states it of anybody. In sentences whose person is not named, such as
/// "The author's full name is …", that person is taken to be the same one in both texts.
/// </para>
/// </remarks>
/// <param name="kinds">Slot → its values in this world: <see cref="FactSheet.Kinds"/>.</param>
public sealed class WorldEntailmentJudge(IReadOnlyDictionary<string, IReadOnlyList<string>> kinds) : IEntailmentJudge
{
    private const string Somebody = "", Bare = "";

    private static readonly char[] Quotes = ['\'', '"'];

    private readonly PlausibleValues plausible = new(kinds);
    private readonly Dictionary<string, HashSet<Fact>> read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "exact facts (surrogate)";

    /// <inheritdoc/>
    public bool IsSurrogate => true;

    /// <inheritdoc/>
    public IReadOnlyList<EntailmentLabel> Judge(IReadOnlyList<(string Premise, string Hypothesis)> pairs) =>
        [.. pairs.Select(pair => Judge(pair.Premise, pair.Hypothesis))];

    /// <summary>The label of one pair.</summary>
    /// <param name="premise">What is taken as true.</param>
    /// <param name="hypothesis">What may follow.</param>
    public EntailmentLabel Judge(string premise, string hypothesis)
    {
        var (given, claimed) = (Plain(premise), Plain(hypothesis));
        if (given.Length > 0 && given == claimed) return EntailmentLabel.Entailment;
        var (facts, claims) = (Facts(premise), Facts(hypothesis));
        if (facts.Count == 0 || claims.Count == 0) return EntailmentLabel.Neutral;
        if (claims.All(claim => facts.Any(fact => Supports(fact, claim)))) return EntailmentLabel.Entailment;
        return claims.Any(claim => !facts.Any(fact => Supports(fact, claim)) && facts.Any(fact => Excludes(fact, claim)))
            ? EntailmentLabel.Contradiction : EntailmentLabel.Neutral;
    }

    private static bool Supports(Fact fact, Fact claim) => fact == claim || (claim.Slot == Bare && fact.Value == claim.Value);

    private static bool Excludes(Fact fact, Fact claim) =>
        fact.Person == claim.Person && fact.Slot == claim.Slot && fact.Value != claim.Value;

    private HashSet<Fact> Facts(string text)
    {
        if (read.TryGetValue(text, out var known)) return known;
        var whole = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var sentences = whole.Split(". ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        HashSet<Fact> facts = [.. sentences.SelectMany(Sentence)];
        return read[text] = facts;
    }

    private IEnumerable<Fact> Sentence(string sentence)
    {
        var readings = AnswerPattern.All.Select(pattern => (pattern.Inquiry, Values: pattern.Read(sentence)))
            .Where(reading => reading.Values?.All(value => plausible.Are(value.Key, value.Value)) == true).ToArray();
        foreach (var (inquiry, values) in readings)
        {
            // The inquiry for the name is about somebody whom its answers only then name.
            var person = inquiry == Inquiries.ForName ? Somebody : values![Slots.Name];
            foreach (var (slot, value) in values!)
                if (person == Somebody || slot != Slots.Name) yield return new(person, slot, value);
        }
        if (readings.Length > 0) yield break;
        var bare = sentence.TrimEnd('.').Trim(Quotes);
        if (plausible.AreAnywhere(bare)) yield return new(Somebody, Bare, bare);
    }

    private static string Plain(string text) => string.Join(' ', RougeTokens.Of(text, stem: false));

    private readonly record struct Fact(string Person, string Slot, string Value);
}
