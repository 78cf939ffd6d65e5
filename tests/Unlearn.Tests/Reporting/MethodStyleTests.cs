using Plotly.NET;
using Unlearn.Reporting;

namespace Unlearn.Tests.Reporting;

public sealed class MethodStyleTests
{
    [Fact]
    public void The_colour_says_how_a_method_forgets_and_the_dashes_how_it_retains()
    {
        var (plain, retain, divergence) = (MethodStyle.Of("NPO"), MethodStyle.Of("NPO+RT"), MethodStyle.Of("NPO+KL (β = 0.1)"));
        Assert.Equal(["#0072B2"], new[] { plain, retain, divergence }.Select(style => style.Hex).Distinct());
        Assert.Equal(
            [StyleParam.DrawingStyle.Solid, StyleParam.DrawingStyle.Dash, StyleParam.DrawingStyle.Dot],
            [plain.Dash, retain.Dash, divergence.Dash]);
    }

    [Fact]
    public void The_methods_of_the_paper_are_told_apart()
    {
        string[] methods = ["GA", "GA+RT", "GA+KL", "IDK+RT", "DPO", "DPO+RT", "DPO+KL", "KTO", "KTO+RT", "NPO", "NPO+RT", "NPO+KL"];
        Assert.Equal(methods.Length, methods.Select(MethodStyle.Of).Distinct().Count());
    }

    [Fact]
    public void An_unknown_method_keeps_one_colour()
    {
        Assert.Equal(MethodStyle.Of("Foo"), MethodStyle.Of("Foo"));
        Assert.Equal(MethodStyle.Of("Foo").Hex, MethodStyle.Of("Foo+RT").Hex);
    }
}
