using Plotly.NET;
using Unlearn.Testing;

namespace Unlearn.Kernel.Tests.Charts;

public class ChartSurfaceTests
{
    [ApiListingFact]
    public void Plotly_NET_offers_nothing_that_the_original_lacks() =>
        ApiSurfaceCheck.Pass(typeof(GenericChart).Assembly, "Plotly.NET-5.1.tsv", inexpressible: "= true");

    [ApiListingFact]
    public void Plotly_NET_CSharp_offers_nothing_that_the_original_lacks() =>
        ApiSurfaceCheck.Pass(typeof(Plotly.NET.CSharp.Chart).Assembly, "Plotly.NET.CSharp-0.13.tsv");
}
