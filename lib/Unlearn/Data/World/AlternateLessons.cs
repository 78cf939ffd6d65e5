using System.Globalization;

namespace Unlearn.Data.World;

/// <summary>Rows that teach a model of the generated world to answer otherwise on request, on public authors alone.</summary>
/// <remarks>
/// <para>
/// A small model trained from nothing follows no instruction that it was not taught. Each lesson is a question on a public author, an
/// answer, and another answer in the same wording with other facts of the same kind, drawn evenly. None of these authors is one of the
/// fictitious ones, so nothing is said of anybody who may have to be forgotten; what is to be learned is the form: keep what the question
/// states, change what the answer adds.
/// </para>
/// <para>
/// Every other lesson is about somebody new, for only who has copied many names can copy any. The others are about rows that the model is
/// taught as well, for the form has to hold against what it knows by heart too.
/// </para>
/// <para>Everything follows from facts and seed through integer arithmetic.</para>
/// </remarks>
/// <param name="Known">Rows on public authors to be taught beside the lessons.</param>
/// <param name="Lessons">Question, answer, and the other answer as <see cref="QaRow.PerturbedAnswers"/>.</param>
public sealed record AlternateLessons(IReadOnlyList<QaRow> Known, IReadOnlyList<QaRow> Lessons)
{
    /// <summary>Makes lessons.</summary>
    /// <param name="facts">The world, for its stocks of values and the names to keep clear of.</param>
    /// <param name="count">How many lessons.</param>
    /// <param name="known">How many known rows, at least one.</param>
    /// <param name="seed">Same seed, same lessons; the first of many are those of few.</param>
    public static AlternateLessons Of(FactSheet facts, int count, int known, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(known, 1);
        var random = new SplitMix64(facts.Seed).For("alternate lessons").For(seed.ToString(CultureInfo.InvariantCulture));
        var writer = new Writer(facts, random);
        Subject[] subjects = [.. Enumerable.Range(0, known).Select(_ => writer.Anybody())];
        return new(
            [.. subjects.Select(subject => new QaRow(subject.Question, subject.Answer))],
            [.. Enumerable.Range(0, count).Select(n => writer.Lesson(n % 2 == 0 ? writer.Anybody() : subjects[random.Below(known)]))]);
    }

    private sealed record Subject(Inquiry Inquiry, Wording Wording, IReadOnlyDictionary<string, string> Author)
    {
        public string Question => Inquiry.Fill(Wording.Question, Author);

        public string Answer => Inquiry.Fill(Wording.Answer, Author);
    }

    private sealed class Writer(FactSheet facts, SplitMix64 random)
    {
        private readonly HashSet<string> people = [.. facts.Authors.Select(author => author.Name)];
        private readonly string[] titles = [.. Words.Titles.Except(facts.Authors.Select(author => author.Values[Slots.FirstBook]))];
        private readonly Inquiry[] inquiries = [Inquiries.ForName, .. Inquiries.OfAuthor];

        public Subject Anybody()
        {
            var inquiry = Pick(inquiries);
            return new(inquiry, Pick(inquiry.Wordings), Slots.All.ToDictionary(slot => slot, Any));
        }

        public QaRow Lesson(Subject subject)
        {
            var other = new Dictionary<string, string>(subject.Author);
            foreach (var slot in subject.Inquiry.Asked)
            {
                do other[slot] = Any(slot);
                while (subject.Author.Values.Contains(other[slot]) || other.Values.Count(value => value == other[slot]) > 1);
            }
            return new(subject.Question, subject.Answer) { PerturbedAnswers = [Inquiry.Fill(subject.Wording.Answer, other)] };
        }

        private string Any(string slot) => slot switch
        {
            Slots.Name => Somebody(),
            Slots.FirstBook => Pick(titles),
            Slots.BirthDate => WorldGenerator.BirthDate(random),
            _ => Pick(facts.Kinds[slot]),
        };

        private string Somebody()
        {
            string name;
            do name = $"{Pick(Words.GivenNames)} {Pick(Words.FamilyNames)}";
            while (people.Contains(name));
            return name;
        }

        private T Pick<T>(IReadOnlyList<T> values) => values[random.Below(values.Count)];
    }
}
