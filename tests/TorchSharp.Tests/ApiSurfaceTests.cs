using Unlearn.Testing;

namespace TorchSharp.Tests;

public sealed class ApiSurfaceTests
{
    [ApiListingFact]
    public void Every_public_member_is_one_of_the_original() =>
        ApiSurfaceCheck.Pass(typeof(torch).Assembly, "TorchSharp-0.107.tsv");
}
