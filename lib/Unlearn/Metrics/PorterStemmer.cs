// Written by hand: no package of the feed has this stemmer in the variant that published ROUGE numbers depend on.

namespace Unlearn.Metrics;

/// <summary>Porter's suffix stripper for English with the changes that NLTK makes by default.</summary>
/// <remarks>
/// <para>
/// A word is [C](VC)ᵐ[V], C and V being runs of consonants and vowels; y after a consonant is a vowel. Each step looks at the first
/// suffix of its list that fits and replaces it when what remains before it has a large enough measure m.
/// </para>
/// <para>
/// Changes against the paper: a list of irregular words; words of one or two letters stay; dies → die, spied → spi; y → i only after
/// a consonant that is not the first letter; “bli” for “abli”; “fulli”, “logi” and a repeated “alli”; a vowel and a consonant alone count
/// as cvc.
/// </para>
/// <para>Porter, 1980, “An algorithm for suffix stripping”, Program 14(3), 130–137. Variant: NLTK_EXTENSIONS of nltk.stem.porter.</para>
/// </remarks>
public static class PorterStemmer
{
    private static readonly Dictionary<string, string> Irregular = new (string Word, string Stem)[]
    {
        ("sky", "sky"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"), ("news", "news"),
        ("inning", "inning"), ("innings", "inning"), ("outing", "outing"), ("outings", "outing"),
        ("canning", "canning"), ("cannings", "canning"), ("howe", "howe"),
        ("proceed", "proceed"), ("exceed", "exceed"), ("succeed", "succeed"),
    }.ToDictionary(StringComparer.Ordinal);

    private static readonly (string Suffix, string Replacement)[] DoubleSuffixes =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ];

    private static readonly (string Suffix, string Replacement)[] Endings =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] Removable =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive",
        "ize",
    ];

    /// <summary>The stem of a word, e.g. relational → relat.</summary>
    /// <param name="word">In lower case; characters other than a, e, i, o, u and y count as consonants.</param>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Irregular.TryGetValue(word, out var stem)) return stem;
        return word.Length <= 2 ? word
            : WithoutDoubleL(WithoutE(WithoutEnding(Shorten(Simplify(WithI(WithoutPast(WithoutPlural(word))))))));
    }

    // 1a: caresses → caress, ponies → poni, ties → tie, cats → cat
    private static string WithoutPlural(string word) =>
        Ends(word, "ies") ? word[..^(word.Length == 4 ? 1 : 2)]
        : Ends(word, "sses") ? word[..^2]
        : Ends(word, "s") && !Ends(word, "ss") ? word[..^1]
        : word;

    // 1b: agreed → agree, plastered → plaster, motoring → motor; then hopp → hop, fil → file, conflat → conflate
    private static string WithoutPast(string word)
    {
        if (Ends(word, "ied")) return word[..^(word.Length == 4 ? 1 : 2)];
        if (Ends(word, "eed")) return Measure(word[..^3]) > 0 ? word[..^1] : word;

        var stem = Ends(word, "ed") ? word[..^2] : Ends(word, "ing") ? word[..^3] : "";
        if (!HasVowel(stem)) return word;
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz")) return stem + "e";
        if (EndsInDoubleConsonant(stem)) return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        return Measure(stem) == 1 && EndsInConsonantVowelConsonant(stem) ? stem + "e" : stem;
    }

    // 1c: happy → happi, but enjoy and by stay
    private static string WithI(string word) =>
        Ends(word, "y") && word.Length > 2 && IsConsonant(word, word.Length - 2) ? word[..^1] + "i" : word;

    // 2: relational → relate, sensibiliti → sensible
    private static string Simplify(string word)
    {
        if (Ends(word, "alli") && Measure(word[..^4]) > 0) return Simplify(word[..^2]);
        foreach (var (suffix, replacement) in DoubleSuffixes)
        {
            if (Ends(word, suffix)) return Replaced(word, suffix, replacement);
        }

        // geology keeps its l in the measured part, so that geo and archaeo are treated alike.
        return Ends(word, "logi") && Measure(word[..^3]) > 0 ? word[..^1] : word;
    }

    // 3: triplicate → triplic, hopeful → hope
    private static string Shorten(string word)
    {
        foreach (var (suffix, replacement) in Endings)
        {
            if (Ends(word, suffix)) return Replaced(word, suffix, replacement);
        }
        return word;
    }

    // 4: revival → reviv, adoption → adopt
    private static string WithoutEnding(string word)
    {
        foreach (var suffix in Removable)
        {
            if (!Ends(word, suffix)) continue;
            var stem = word[..^suffix.Length];
            return Measure(stem) > 1 && (suffix != "ion" || stem[^1] is 's' or 't') ? stem : word;
        }
        return word;
    }

    // 5a: probate → probat, cease → ceas, but rate stays
    private static string WithoutE(string word)
    {
        if (!Ends(word, "e")) return word;
        var stem = word[..^1];
        var measure = Measure(stem);
        return measure > 1 || (measure == 1 && !EndsInConsonantVowelConsonant(stem)) ? stem : word;
    }

    // 5b: controll → control, roll stays
    private static string WithoutDoubleL(string word) => Ends(word, "ll") && Measure(word[..^1]) > 1 ? word[..^1] : word;

    private static string Replaced(string word, string suffix, string replacement)
    {
        var stem = word[..^suffix.Length];
        return Measure(stem) > 0 ? stem + replacement : word;
    }

    private static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);

    private static bool IsConsonant(string word, int at) => word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => YIsConsonant(word, at),
        _ => true,
    };

    // Of a run of y, every second one is a vowel; a loop, because a hostile word may be nothing but y.
    private static bool YIsConsonant(string word, int at)
    {
        var first = at;
        while (first > 0 && word[first - 1] == 'y') first--;
        var firstIsConsonant = first == 0 || !IsConsonant(word, first - 1);
        return (at - first) % 2 == 0 == firstIsConsonant;
    }

    // The number of places where a vowel is followed by a consonant.
    private static int Measure(string stem)
    {
        var (measure, afterVowel) = (0, false);
        for (var i = 0; i < stem.Length; i++)
        {
            // One pass instead of IsConsonant, which would look back along every run of y again.
            var vowel = stem[i] is 'a' or 'e' or 'i' or 'o' or 'u' || (stem[i] == 'y' && i > 0 && !afterVowel);
            if (afterVowel && !vowel) measure++;
            afterVowel = vowel;
        }
        return measure;
    }

    private static bool HasVowel(string stem) => Enumerable.Range(0, stem.Length).Any(i => !IsConsonant(stem, i));

    private static bool EndsInDoubleConsonant(string stem) =>
        stem.Length >= 2 && stem[^1] == stem[^2] && IsConsonant(stem, stem.Length - 1);

    private static bool EndsInConsonantVowelConsonant(string stem) => stem.Length switch
    {
        >= 3 => IsConsonant(stem, stem.Length - 3) && !IsConsonant(stem, stem.Length - 2) && IsConsonant(stem, stem.Length - 1)
            && stem[^1] is not ('w' or 'x' or 'y'),
        2 => !IsConsonant(stem, 0) && IsConsonant(stem, 1),
        _ => false,
    };
}
