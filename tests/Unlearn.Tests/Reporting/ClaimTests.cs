using System.Text.Json;
using Unlearn.Reporting;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Reporting;

public sealed class ClaimTests
{
    private static Claim Of(params double[] differences) =>
        Claim.Positive("npo-slower", "NPO collapses more slowly than GA.", "NPO, section 3", "GA less NPO", differences, "mini (world)");

    // The half widths of 95 % intervals: 0.4 and 0.6 give ±1.27, 0.4, 0.5 and 0.6 give ±0.25.
    [Theory]
    [InlineData("reproduced", 0.4, 0.5, 0.6)]
    [InlineData("not reproduced", 0.4, 0.6)]
    [InlineData("not reproduced", -0.4, -0.5, -0.6)]
    [InlineData("not reproduced", 0.0, 0.0, 0.0)]
    [InlineData("not testable at this scale", 0.5)]
    public void A_claim_is_reproduced_when_its_whole_interval_is_above_zero(string verdict, params double[] differences) =>
        Assert.Equal(verdict, Of(differences).Verdict);

    [Fact]
    public void A_claim_carries_mean_interval_and_seeds()
    {
        var claim = Of(0.4, 0.5, 0.6);

        Assert.Equal((0.5, 3), (Math.Round(claim.Value, 14), claim.Seeds));
        // 4.30…: scipy.stats.t.ppf(0.975, 2), of which MathNet gives ten digits.
        Assert.Equal(0.1 * 4.302652729911275 / Math.Sqrt(3), claim.High!.Value - claim.Value, 1e-9);
        Assert.Equal(claim.Value - claim.Low!.Value, claim.High.Value - claim.Value, 1e-12);
        Assert.Equal((null, null), (Of(0.5).Low, Of(0.5).High));
    }

    [Fact]
    public void The_table_shows_one_row_a_claim_and_says_where_an_interval_is_missing()
    {
        var table = ClaimLedger.Table([Of(0.4, 0.5, 0.6), Of(0.5)]);
        string[] columns = ["claim", "source", "test", "value", "95 % interval", "seeds", "verdict"];

        Assert.Equal(columns, table.Columns.Select(column => column.Name));
        Assert.Equal(["0.252 … 0.748", "none from one seed"], table.Columns["95 % interval"].Cast<string>());
        Assert.Equal(["reproduced", "not testable at this scale"], table.Columns["verdict"].Cast<string>());
        Assert.Equal([3, 1], table.Columns["seeds"].Cast<int>());
    }

    [Fact]
    public void The_file_holds_every_claim_under_the_ledgers_names()
    {
        using var folder = new TemporaryFolder();
        using var current = new CurrentFolder(folder.Path);
        var path = ClaimLedger.Save("02-npo", [Of(0.5)]);

        Assert.Equal(Path.Combine("out", "02-npo.claims.json"), path);
        var claim = JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray().Single();
        Assert.Equal(["id", "claim", "source", "test", "value", "low", "high", "seeds", "scale", "verdict"],
            claim.EnumerateObject().Select(property => property.Name));
        Assert.Equal("NPO collapses more slowly than GA.", claim.GetProperty("claim").GetString());
        Assert.Equal(0.5, claim.GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, claim.GetProperty("low").ValueKind);
    }
}
