using System.Globalization;
using System.Net;

namespace Unlearn.Reporting;

/// <summary>How far one long job is.</summary>
/// <param name="Job">What is done, e.g. "training".</param>
/// <param name="Done">Units done, from 0.</param>
/// <param name="Total">Units there are; 0 where nobody knows.</param>
/// <param name="Unit">What is counted, in the plural, e.g. "steps".</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Note">Something about the latest unit, e.g. "loss 0.31"; may be empty.</param>
[TypeFormatterSource(typeof(ProgressFormatters))]
public sealed record ProgressState(string Job, long Done, long Total, string Unit, TimeSpan Elapsed, string Note = "")
{
    private const int Cells = 20;

    /// <summary>The share that is done, between 0 and 1; null where the total is unknown.</summary>
    public double? Fraction => Total > 0 ? Math.Clamp((double)Done / Total, 0, 1) : null;

    /// <summary>Units per second so far; null before the first.</summary>
    public double? Rate => Done > 0 && Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : null;

    /// <summary>The time left if the rate stays as it is; null where it cannot be told.</summary>
    public TimeSpan? Remaining => Total > 0 && Rate is { } rate && Math.Max(0, Total - Done) / rate is var left && left < 1e9
        ? TimeSpan.FromSeconds(left) : null;

    /// <summary>Whether everything is done.</summary>
    public bool IsComplete => Total > 0 && Done >= Total;

    /// <summary>One line, e.g. <c>training ██████░░░░ 30 % · 30 of 100 steps · 12.5/s · 6 s left · loss 0.31</c>.</summary>
    public override string ToString()
    {
        var filled = (int)Math.Round((Fraction ?? 0) * Cells);
        var drawn = new string('█', filled) + new string('░', Cells - filled);
        var bar = Fraction is { } f ? string.Create(CultureInfo.InvariantCulture, $"{drawn} {Math.Floor(f * 100):F0} %") : "";
        return string.Join(" · ", new[] { $"{Job} {bar}".Trim(), Counts() }.Where(part => part.Length > 0));
    }

    /// <summary>The same as a bar in HTML, without a script and readable where styles are ignored.</summary>
    public string ToHtml()
    {
        var bar = Fraction is { } f
            ? string.Create(CultureInfo.InvariantCulture,
                $"<progress max=\"1\" value=\"{f:F3}\" style=\"width:14em\">{f * 100:F0} %</progress> ")
            : "";
        return $"<div style=\"font-variant-numeric:tabular-nums\">{WebUtility.HtmlEncode(Job)} {bar}"
            + $"{WebUtility.HtmlEncode(Counts())}</div>";
    }

    private string Counts()
    {
        var count = Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Done:N0} of {Total:N0} {Unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{Done:N0} {Unit}");
        var rate = Rate is { } r ? string.Create(CultureInfo.InvariantCulture, $"{(r >= 10 ? r.ToString("F0", CultureInfo.InvariantCulture)
            : r >= 0.1 ? r.ToString("F1", CultureInfo.InvariantCulture) : r.ToString("G2", CultureInfo.InvariantCulture))}/s") : "";
        var time = IsComplete ? $"{Short(Elapsed)} in all" : Remaining is { } left ? $"{Short(left)} left" : "";
        return string.Join(" · ", new[] { count, rate, time, Note }.Where(part => part.Length > 0));
    }

    private static string Short(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(
        time < TimeSpan.FromSeconds(9.95) ? $"{time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s"
        : time < TimeSpan.FromSeconds(99.5) ? $"{time.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} s"
        : time < TimeSpan.FromMinutes(100) ? $"{(int)time.TotalMinutes} min"
        : $"{(int)time.TotalHours} h {time.Minutes:D2} min")}");
}
