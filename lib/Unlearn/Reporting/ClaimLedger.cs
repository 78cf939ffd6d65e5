using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Analysis;
using Unlearn.Data;

namespace Unlearn.Reporting;

/// <summary>The claims that a notebook ends with: a table for readers, the same as a file for machines.</summary>
public static class ClaimLedger
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,     // the file is read by people too; it never enters a page as it is
    };

    /// <summary>The claims as a table.</summary>
    /// <param name="claims">The claims.</param>
    public static DataFrame Table(IReadOnlyList<Claim> claims) => new(
        new StringDataFrameColumn("claim", claims.Select(claim => claim.Statement)),
        new StringDataFrameColumn("source", claims.Select(claim => claim.Source)),
        new StringDataFrameColumn("test", claims.Select(claim => claim.Test)),
        new DoubleDataFrameColumn("value", claims.Select(claim => claim.Value)),
        new StringDataFrameColumn("95 % interval", claims.Select(claim => claim is { Low: { } low, High: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"{low:F3} … {high:F3}") : "none from one seed")),
        new Int32DataFrameColumn("seeds", claims.Select(claim => claim.Seeds)),
        new StringDataFrameColumn("verdict", claims.Select(claim => claim.Verdict)));

    /// <summary>
    /// Writes <c>NOTEBOOK.claims.json</c> into the folder that UNLEARN_OUT names, as <c>unlearn run</c> does, or into <c>out</c> below the
    /// current folder, which is a notebook's own.
    /// </summary>
    /// <param name="notebook">The notebook's name without extension.</param>
    /// <param name="claims">The claims.</param>
    /// <returns>The file's path.</returns>
    public static string Save(string notebook, IReadOnlyList<Claim> claims)
    {
        var folder = Environment.GetEnvironmentVariable("UNLEARN_OUT") is { Length: > 0 } named ? named : "out";
        var path = Path.Combine(folder, notebook + ".claims.json");
        WholeFile.Write(path, JsonSerializer.Serialize(claims, Options) + "\n");
        return path;
    }
}
