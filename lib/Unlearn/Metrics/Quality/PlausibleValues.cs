using System.Globalization;
using Unlearn.Data.World;

namespace Unlearn.Metrics.Quality;

/// <summary>What may stand in a slot, true or not: the world's own values, and others made of the same stock of words.</summary>
/// <param name="kinds">Slot → its values in this world.</param>
internal sealed class PlausibleValues(IReadOnlyDictionary<string, IReadOnlyList<string>> kinds)
{
    private static readonly HashSet<string> Given = [.. Words.GivenNames], Families = [.. Words.FamilyNames];
    private static readonly HashSet<string> Towns = [.. Words.Towns], Titles = [.. Words.Titles];

    private readonly Dictionary<string, HashSet<string>> known =
        kinds.ToDictionary(kind => kind.Key, kind => kind.Value.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether a value is of a slot's kind.</summary>
    /// <param name="slot">One of <see cref="Slots.All"/>.</param>
    /// <param name="value">What an answer has there.</param>
    public bool Are(string slot, string value) => (known.TryGetValue(slot, out var values) && values.Contains(value)) || slot switch
    {
        Slots.Name or Slots.Mentor => IsPerson(value),
        Slots.Birthplace or Slots.Residence => Towns.Contains(value),
        Slots.FirstBook => Titles.Contains(value),
        Slots.BirthDate => DateTime.TryParseExact(value, "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => false,
    };

    /// <summary>Whether a value is of any slot's kind.</summary>
    /// <param name="value">What an answer has.</param>
    public bool AreAnywhere(string value) => Slots.All.Any(slot => Are(slot, value));

    private static bool IsPerson(string value) =>
        value.Split(' ') is [var given, var family] && Given.Contains(given) && Families.Contains(family);
}
