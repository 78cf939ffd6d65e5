using Microsoft.Data.Analysis;
using Unlearn.Testing;

namespace Unlearn.Kernel.Tests.Tables;

public class TableSurfaceTests
{
    [ApiListingFact]
    public void Microsoft_Data_Analysis_offers_nothing_that_the_original_lacks() =>
        ApiSurfaceCheck.Pass(typeof(DataFrame).Assembly, "Microsoft.Data.Analysis-0.23.tsv");
}
