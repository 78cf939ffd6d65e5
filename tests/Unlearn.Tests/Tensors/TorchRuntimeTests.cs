using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Tests.Tensors;

public sealed class TorchRuntimeTests
{
    // Files as a process maps them; where two are listed, both are mapped at once.
    [Theory]
    [InlineData("OpenBLAS (OpenMP)", "/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblasp-r0.3.21.so")]
    [InlineData("OpenBLAS (OpenMP)", "/usr/lib64/libopenblaso.so.0")]
    [InlineData("OpenBLAS (own threads)", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so")]
    [InlineData("OpenBLAS (own threads)", "/opt/conda/lib/libopenblas.so.0")]
    [InlineData("OpenBLAS (one thread)", "/usr/lib/x86_64-linux-gnu/openblas-serial/libopenblas-r0.3.21.so")]
    [InlineData("MKL", "/opt/intel/mkl/lib/libmkl_intel_lp64.so.2", "/opt/intel/mkl/lib/libmkl_core.so.2")]
    [InlineData("BLIS", "/usr/lib/x86_64-linux-gnu/blis-openmp/libblas.so.3", "/usr/lib/x86_64-linux-gnu/blis-openmp/libblis.so.4")]
    [InlineData("reference BLAS (slow)", "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0")]
    [InlineData("bundled with LibTorch", "/srv/app/bin/publish/libtorch_cpu.so")]
    [InlineData("bundled with LibTorch", "/srv/app/libtorch_cuda.so", "/srv/app/libcublas.so.12", "")]
    public void The_matrix_library_is_recognised_by_its_files(string expected, params string[] files) =>
        Assert.Equal(expected, TorchRuntime.BlasName(files));

    [Fact]
    public void Where_files_cannot_be_listed_the_library_counts_as_bundled() =>
        Assert.Equal("bundled with LibTorch", TorchRuntime.BlasName([]));

    [Fact]
    public void Only_OpenBLAS_with_threads_of_its_own_beside_several_of_LibTorch_is_warned_of()
    {
        var slow = new TorchRuntime("1.13.1", TorchRuntime.BlasName(["/lib/openblas-pthread/libopenblas.so.0"]), Threads: 2, "cpu");

        Assert.Contains("OMP_NUM_THREADS=1", slow.Warning, StringComparison.Ordinal);
        Assert.Null((slow with { Threads = 1 }).Warning);
        Assert.Null((slow with { Blas = TorchRuntime.BlasName(["/lib/openblas-openmp/libopenblas.so.0"]) }).Warning);
        Assert.Null((slow with { Blas = TorchRuntime.BlasName(["/lib/libmkl_core.so.2"]) }).Warning);
    }

    [Fact]
    public void One_line_says_what_the_numbers_are_computed_with() =>
        Assert.Equal("LibTorch 1.13.1, MKL, 2 threads, cpu", new TorchRuntime("1.13.1", "MKL", 2, "cpu").ToString());

    [Fact]
    public void This_process_is_described_by_its_own_LibTorch()
    {
        var runtime = TorchRuntime.Current();

        Assert.Equal((__version__, get_num_threads()), (runtime.LibTorch, runtime.Threads));
        Assert.StartsWith(cuda.is_available() ? "cuda" : "cpu", runtime.Device, StringComparison.Ordinal);
    }
}
