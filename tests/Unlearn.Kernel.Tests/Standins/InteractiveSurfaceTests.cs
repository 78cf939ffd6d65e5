using Microsoft.DotNet.Interactive;
using Unlearn.Testing;

namespace Unlearn.Kernel.Tests.Standins;

public sealed class InteractiveSurfaceTests
{
    [ApiListingFact]
    public void Interactive_stand_in_offers_nothing_that_the_real_package_lacks() =>
        ApiSurfaceCheck.Pass(typeof(DisplayedValue).Assembly, "Microsoft.DotNet.Interactive.tsv");
}
