using Plotly.NET;

namespace Unlearn.Reporting;

/// <summary>
/// How a method looks in every chart of the project: its colour says how it forgets, its dashes, marker and hatching how it retains, so
/// that NPO, NPO+RT and NPO+KL share a colour and are still told apart, in grey too.
/// </summary>
/// <remarks>
/// Colours are those of Okabe and Ito, "Color Universal Design" (2008), and, for rarer methods, of Paul Tol's schemes, which people with
/// any kind of colour vision can tell apart. An objective that is not known gets one of the rarer colours by its letters, always the same.
/// What is drawn in a method's way without being one, such as a cluster of answers, has its colour here too.
/// </remarks>
/// <param name="Hex">The colour as #RRGGBB.</param>
/// <param name="Dash">Dashes of lines.</param>
/// <param name="Symbol">Shape of markers.</param>
/// <param name="Pattern">Hatching of columns.</param>
public sealed record MethodStyle(
    string Hex, StyleParam.DrawingStyle Dash, StyleParam.MarkerSymbol Symbol, StyleParam.PatternShape Pattern)
{
    private static readonly Dictionary<string, string> Families = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GA"] = "#D55E00",
        ["IDK"] = "#56B4E9",
        ["DPO"] = "#009E73",
        ["KTO"] = "#CC79A7",
        ["NPO"] = "#0072B2",
        ["SimNPO"] = "#E69F00",
        ["AltPO"] = "#882255",
        ["IdkDPO"] = "#009E73",
        ["GradDiff"] = "#CC6677",
        ["Alternates"] = "#44AA99",
        ["Positive"] = "#999933",
        ["Decoupled"] = "#AA4499",
        ["Naive"] = "#661100",
        ["ME"] = "#999933",
        ["ours-tok"] = "#332288",
        ["ours-seq"] = "#6699CC",
        ["SFT"] = "#009E73",
        ["-neg"] = "#44AA99",
        ["-pos"] = "#E69F00",
        ["-normal"] = "#D55E00",
        ["rho=0"] = "#CC79A7",
        ["hidden"] = "#882255",
        ["hidden-pos"] = "#AA4499",
        ["unlikelihood"] = "#117733",
        ["GA+mismatch+KL"] = "#661100",
        ["GA+mismatch+3KL"] = "#661100",
        ["without keys"] = "#56B4E9",
        ["without behaviour"] = "#000000",
        ["RMU"] = "#332288",
        ["UNDIAL"] = "#117733",
        ["WHP"] = "#AA4499",
        ["original"] = "#777777",
        ["target"] = "#777777",
        ["finetuned"] = "#777777",
        ["before"] = "#777777",
        ["untouched"] = "#777777",
        ["retrained"] = "#000000",
        ["retrain"] = "#000000",
        ["retain"] = "#000000",
        ["private"] = "#0072B2",
        ["harmful"] = "#D55E00",
        ["hallucinated"] = "#CC79A7",
        ["calibrated"] = "#777777",
        ["answer to be unlearned"] = "#BBBBBB",
        ["right answer"] = "#009E73",
        ["cluster 1"] = "#0072B2",
        ["cluster 2"] = "#E69F00",
        ["cluster 3"] = "#CC79A7",
        ["cluster 4"] = "#56B4E9",
        ["cluster 5"] = "#999933",
        ["centroid"] = "#000000",
    };

    private static readonly string[] Rarer = ["#882255", "#999933", "#332288", "#117733", "#AA4499", "#661100", "#6699CC", "#888888"];

    /// <summary>The colour.</summary>
    public Color Color => Color.fromHex(Hex);

    /// <summary>The style of a method from its name: the objective first, then, after "+", what it retains with.</summary>
    /// <param name="name">Such as "NPO", "NPO+RT" or "NPO+KL (β = 0.1)".</param>
    public static MethodStyle Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var family = name.Split('+', ' ', '(', ',', ':')[0];
        var (dash, symbol, pattern) = Has("+RT") || Has("+GD")             // two papers' names of one term
                ? (StyleParam.DrawingStyle.Dash, StyleParam.MarkerSymbol.Square, StyleParam.PatternShape.DiagonalDescending)
            : Has("+AP") ? (StyleParam.DrawingStyle.DashDot, StyleParam.MarkerSymbol.TriangleUp, StyleParam.PatternShape.DiagonalChecked)
            : Has("+KL")
                ? (StyleParam.DrawingStyle.Dot, StyleParam.MarkerSymbol.Diamond, StyleParam.PatternShape.Dots)
            : (StyleParam.DrawingStyle.Solid, StyleParam.MarkerSymbol.Circle, StyleParam.PatternShape.None);
        if (name is "centroid") symbol = StyleParam.MarkerSymbol.X;         // stands among the points whose mean it is
        // A method with another weight of its retain term stands beside itself with weight 1.
        if (name.EndsWith("·RT)", StringComparison.Ordinal))
            symbol = StyleParam.MarkerSymbol.NewModified(symbol, StyleParam.SymbolStyle.Open);
        // One that compares with the same model in all tasks stands beside itself.
        if (Has(", fixed reference"))
            (dash, symbol) = (StyleParam.DrawingStyle.Solid, StyleParam.MarkerSymbol.NewModified(symbol, StyleParam.SymbolStyle.Open));
        var hex = Families.TryGetValue(name, out var known) || Families.TryGetValue(family, out known)
            ? known : Rarer[Hash(family) % Rarer.Length];
        return new(hex, dash, symbol, pattern);

        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The colour, transparent.</summary>
    /// <param name="opacity">0 … 1.</param>
    internal Color Faint(double opacity)
    {
        var rgb = Convert.FromHexString(Hex[1..]);
        return Color.fromString(FormattableString.Invariant($"rgba({rgb[0]}, {rgb[1]}, {rgb[2]}, {opacity})"));
    }

    // Fowler, Noll and Vo's hash: string.GetHashCode differs from run to run.
    private static uint Hash(string name) => name.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619));
}
