using System.Globalization;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Tests.Training;

public sealed class DrawingTests
{
    private static readonly RowGroup[] All = [RowGroup.Forget, RowGroup.Alternate, RowGroup.Retain, RowGroup.RetainAlternate];

    private static EncodedRow[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => new EncodedRow([i % 50, 1, 2], 1))];

    private static UnlearningRows Of(int forget, int retain, Pairing pairing) => new(Rows(forget), Rows(retain))
    {
        Alternates = [.. Enumerable.Range(0, forget).Select(_ => Rows(100))],
        RetainAlternates = [.. Enumerable.Range(0, retain).Select(_ => Rows(7))],
        Pairing = pairing,
    };

    // The check values of the published code, rows 0 … 19.
    [Theory]
    [InlineData(3600, "44, 2246, 650, 1789, 1934, "
        + "616, 2336, 1222, 3131, 3079, 1347, 452, 1575, 431, 1049, 3447, 2297, 176, 2524, 464")]
    [InlineData(3800, "3644, 46, 850, 3189, 3334, "
        + "3016, 936, 3022, 2131, 1679, 2547, 2452, 975, 2631, 3049, 247, 2897, 1776, 1724, 3064")]
    [InlineData(3960, "1484, 3686, 2810, 2509, "
        + "2654, 256, 536, 142, 3131, 2719, 3507, 1172, 495, 1871, 2489, 927, 3017, 176, 3604, 2984")]
    public void The_authors_pair_a_row_with_the_same_retain_row_and_refusal_whatever_the_seed(int retain, string partners)
    {
        int[] expected = [.. partners.Split(", ").Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        int[] lines = [44, 45, 48, 86, 30, 11, 30, 15, 23, 70, 37, 41, 63, 18, 35, 32, 81, 59, 6, 45];
        foreach (var seed in new[] { 1, 2 })
        {
            var seen = 0;
            foreach (var drawing in Drawing.Endless(Of(20, retain, Pairing.Authors), All, 8, seed).Take(6))
            {
                foreach (var (i, row) in drawing.Groups[RowGroup.Forget].Index())
                {
                    Assert.Equal(new(RowGroup.Retain, expected[row.Row]), drawing.Groups[RowGroup.Retain][i]);
                    Assert.Equal(new(RowGroup.Alternate, row.Row, lines[row.Row]), drawing.Groups[RowGroup.Alternate][i]);
                    Assert.Equal(expected[row.Row], drawing.Groups[RowGroup.RetainAlternate][i].Row);
                    seen++;
                }
            }
            Assert.Equal(40, seen);
        }
    }

    // Check values of A Closer Look's code: rows 0 … 4, retain rows → retain row and refusal of each; refusals by the second draw.
    [Theory]
    [InlineData(3960, 1484, 3686, 2810, 2509, 2654), InlineData(3800, 3644, 46, 850, 3189, 3334), InlineData(3600, 44, 2246, 650, 1789, 1934)]
    [InlineData(400, 44, 246, 250, 189, 334)]
    public void A_Closer_Look_pairs_by_two_draws_and_refuses_both_questions_alike(int retain, params int[] partners)
    {
        int[] refusals = [39, 39, 87, 48, 94];
        var rows = Of(5, retain, Pairing.CloserLook) with
        {
            RetainAlternates = [.. Enumerable.Range(0, retain).Select(_ => Rows(100))],
            Mismatches = [.. Enumerable.Range(0, 5).Select(_ => Rows(retain))],
        };
        foreach (var drawing in Drawing.Endless(rows, [.. All, RowGroup.Mismatch], 5, seed: retain).Take(3))
        {
            foreach (var (i, row) in drawing.Groups[RowGroup.Forget].Index())
            {
                var (partner, refusal) = (partners[row.Row], refusals[row.Row]);
                Assert.Equal(new(RowGroup.Alternate, row.Row, refusal), drawing.Groups[RowGroup.Alternate][i]);
                Assert.Equal(new(RowGroup.Retain, partner), drawing.Groups[RowGroup.Retain][i]);
                Assert.Equal(new(RowGroup.RetainAlternate, partner, refusal), drawing.Groups[RowGroup.RetainAlternate][i]);
                Assert.Equal(new(RowGroup.Mismatch, row.Row, partner), drawing.Groups[RowGroup.Mismatch][i]);
            }
        }
    }

    // Of the rows to forget, so many distinct partners, as counted in the authors' data.
    [Theory, InlineData(40, 3960, 40), InlineData(200, 3800, 195), InlineData(400, 3600, 378), InlineData(400, 400, 264)]
    public void The_fixed_pairing_uses_few_of_the_retain_rows(int forget, int retain, int distinct)
    {
        var drawings = Drawing.Endless(Of(forget, retain, Pairing.CloserLook), [RowGroup.Retain], 40, seed: 1).Take(3 * forget / 40);

        Assert.Equal(distinct, drawings.SelectMany(drawing => drawing.Groups[RowGroup.Retain]).Distinct().Count());
    }

    [Fact]
    public void Fresh_refusals_are_the_same_for_both_questions_of_a_drawing()
    {
        var rows = Of(8, 24, Pairing.Fresh) with { RetainAlternates = [.. Enumerable.Range(0, 24).Select(_ => Rows(100))] };
        foreach (var drawing in Drawing.Endless(rows, All, 4, seed: 1).Take(6))
        {
            Assert.Equal(drawing.Groups[RowGroup.Alternate].Select(place => place.Answer),
                drawing.Groups[RowGroup.RetainAlternate].Select(place => place.Answer));
            Assert.Equal(drawing.Groups[RowGroup.Retain].Select(place => place.Row),
                drawing.Groups[RowGroup.RetainAlternate].Select(place => place.Row));
        }
    }

    [Fact]
    public void Fresh_pairs_see_every_retain_row_before_any_again_and_change_with_the_seed()
    {
        Drawing[] Draw(long seed) => [.. Drawing.Endless(Of(8, 24, Pairing.Fresh), All, 4, seed).Take(6)];
        RowPlace[] Places(long seed, RowGroup group) => [.. Draw(seed).SelectMany(drawing => drawing.Groups[group])];

        Assert.Equal(Enumerable.Range(0, 24), Places(1, RowGroup.Retain).Select(place => place.Row).Order());
        foreach (var group in All)
        {
            Assert.Equal(Places(1, group), Places(1, group));
            Assert.NotEqual(Places(1, group), Places(2, group));
        }
        Assert.Equal(Places(1, RowGroup.Forget).Select(place => place.Row), Places(1, RowGroup.Alternate).Select(place => place.Row));
        Assert.InRange(Places(1, RowGroup.Alternate).Select(place => place.Answer).Distinct().Count(), 15, 24);
    }

    [Fact]
    public void Groups_that_nobody_reads_are_not_drawn()
    {
        var drawing = Drawing.Endless(Of(8, 0, Pairing.Fresh), [RowGroup.Alternate], 4, 0).First();

        Assert.Equal([RowGroup.Alternate], drawing.Groups.Keys);
    }
}
