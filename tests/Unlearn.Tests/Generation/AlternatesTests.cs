using Unlearn.Data;
using Unlearn.Generation;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Generation;

[NoTensorLeaks]
public sealed class AlternatesTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly AlternateOptions Options = new(InstructionTemplate.Mini, new() { MaxNewTokens = 10, Temperature = 1.5 });

    private IReadOnlyList<AlternateRow> Generate(int count, AlternateOptions? options = null, long seed = 0, params QaRow[] rows) =>
        Alternates.Generate(
            trained.Model, Birthplaces.Encoder, rows.Length == 0 ? Birthplaces.Rows[..3] : rows, count, options ?? Options, seed);

    [Fact]
    public void Rows_stand_question_by_question_and_fewer_of_them_are_the_first_of_more()
    {
        var (five, two) = (Generate(5), Generate(2));

        Assert.Equal(Birthplaces.Rows[..3].SelectMany(row => Enumerable.Repeat((row.Question, row.Answer), 5)),
            five.Select(row => (row.Question, row.Answer)));
        Assert.Equal(five.Chunk(5).SelectMany(rows => rows.Take(2)), two);
    }

    [Fact]
    public void Alternates_of_a_smaller_split_are_those_of_a_larger_one() =>
        Assert.Equal(Generate(3).Skip(6), Generate(3, null, 0, Birthplaces.Rows[2]));

    [Fact]
    public void The_seed_decides_them() => Assert.NotEqual(Generate(5), Generate(5, seed: 1));

    [Fact]
    public void A_filter_takes_the_place_of_what_it_turns_down_from_further_samples()
    {
        var filtered = Generate(4, Options with { Filter = new(Oversampling: 4) });

        Assert.All(filtered.GroupBy(row => row.Question), rows =>
            Assert.Equal(rows.Count(), rows.Select(row => row.Alternate).Distinct().Count()));
        Assert.Equal(new AlternateFilter().Take(Generate(16).Take(16), 4),
            filtered.Where(row => row.Question == Birthplaces.Rows[0].Question));
    }

    [Fact]
    public void The_papers_settings_name_what_its_code_inherits()
    {
        var options = AlternateOptions.Paper(InstructionTemplate.Llama2);
        var sampling = options.Sampling;

        Assert.Equal((1, 50, 0.6, 200), (sampling.Temperature, sampling.TopK, sampling.TopP, sampling.MaxNewTokens));
        Assert.Null(options.Filter);
        Assert.Equal("temperature 1, top-k 50, top-p 0.6, at most 200 tokens", sampling.ToString());
    }

    [Fact]
    public void Every_alternate_is_a_row_of_its_own_beside_the_true_answer()
    {
        AlternateRow[] alternates = [.. Birthplaces.Split.Forget.SelectMany(row => new[] { "Nowhere.", "There.", "There." }
            .Select(text => new AlternateRow(row.Question, row.Answer, text)))];
        var rows = UnlearningRows.OfAlternates(Birthplaces.Split, Birthplaces.Encoder, alternates);

        Assert.Equal((9, 9, 9), (rows.Forget.Count, rows.Alternates.Count, rows.Retain.Count));
        foreach (var (i, alternate) in alternates.Index())
        {
            Assert.Equal(Birthplaces.Encoder.Encode(alternate.Question, alternate.Answer).Ids, rows.Forget[i].Ids);
            Assert.Equal(Birthplaces.Encoder.Encode(alternate.Question, alternate.Alternate).Ids, Assert.Single(rows.Alternates[i]).Ids);
        }
    }

    [Fact]
    public void Alternates_for_rows_that_are_kept_are_refused()
    {
        var kept = Birthplaces.Split.Retain[0];
        Assert.Contains("a kept one", Assert.Throws<ArgumentException>(() => UnlearningRows.OfAlternates(
            Birthplaces.Split, Birthplaces.Encoder, [new(kept.Question, kept.Answer, "Nowhere.")])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => UnlearningRows.OfAlternates(Birthplaces.Split, Birthplaces.Encoder, []));
    }
}
