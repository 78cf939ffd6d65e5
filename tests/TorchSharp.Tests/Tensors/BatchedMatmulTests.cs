using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>The batched product that replaces LibTorch's own where there is no MKL.</summary>
public sealed class BatchedMatmulTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<ScalarType, string> Layouts
    {
        get
        {
            string[] layouts = ["plain", "transposed", "both transposed", "every other", "narrowed", "broadcast", "one row", "one column"];
            var cases = new TheoryData<ScalarType, string>();
            foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
                foreach (var layout in layouts) cases.Add(dtype, layout);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Layouts))]
    public void It_is_the_product_of_each_pair_in_every_memory_layout(ScalarType dtype, string layout)
    {
        random.manual_seed(7);
        Tensor Random(params long[] size) => randn(size, dtype: dtype);
        var (a, b) = layout switch
        {
            "plain" => (Random(5, 9, 11), Random(5, 11, 13)),
            "transposed" => (Random(5, 9, 11), Random(5, 13, 11).transpose(1, 2)),
            "both transposed" => (Random(5, 11, 9).transpose(1, 2), Random(5, 13, 11).transpose(1, 2)),
            "every other" => (Random(5, 18, 22)[.., TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)], Random(5, 11, 13)),
            "narrowed" => (Random(5, 9, 30).narrow(2, 4, 11), Random(8, 5, 11, 13)[3]),
            "broadcast" => (Random(1, 9, 11).expand(5, 9, 11), Random(5, 11, 13)),
            "one row" => (Random(5, 1, 50), Random(5, 50, 13)),
            _ => (Random(5, 50, 30), Random(5, 30, 1)),
        };

        var product = a.bmm(b);

        for (var i = 0; i < 5; i++)
        {
            var expected = (a[i].unsqueeze(-1) * b[i].unsqueeze(0)).sum(1);        // without BLAS
            Assert.InRange((product[i] - expected).abs().max().to(ScalarType.Float64).item<double>(), 0, dtype == ScalarType.Float32 ? 2e-5 : 1e-12);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        random.manual_seed(7);
        var (a, b) = (randn(64, 48, 32), randn(64, 32, 48));
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = a.bmm(b);
            set_num_threads(2);
            Assert.True((one == a.bmm(b)).all().item<bool>());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Wrong_shapes_get_LibTorchs_own_message() =>
        Assert.Contains("batch2", Assert.ThrowsAny<Exception>(() => randn(4, 20, 20).bmm(randn(4, 21, 20))).Message, StringComparison.Ordinal);
}
