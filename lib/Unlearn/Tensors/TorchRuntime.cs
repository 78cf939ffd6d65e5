using System.Globalization;
using static TorchSharp.torch;

namespace Unlearn.Tensors;

/// <summary>What the numbers are computed with: LibTorch, its BLAS, threads and device.</summary>
/// <param name="LibTorch">LibTorch's version.</param>
/// <param name="Blas">The matrix library in use, such as "OpenBLAS (OpenMP)".</param>
/// <param name="Threads">Threads within one operator.</param>
/// <param name="Device">"cpu", or "cuda" with the number of devices.</param>
public sealed record TorchRuntime(string LibTorch, string Blas, int Threads, string Device)
{
    private const string SlowPairing = "OpenBLAS (own threads)";

    /// <summary>Why this machine computes slower than it could, or null.</summary>
    /// <remarks>
    /// LibTorch's OpenMP threads and OpenBLAS's own threads fight over the same cores: three times slower than the OpenMP build
    /// of OpenBLAS on two cores.
    /// </remarks>
    public string? Warning => Blas == SlowPairing && Threads > 1
        ? "OpenBLAS runs its own threads beside LibTorch's, which makes training about three times slower. "
            + "Run .devcontainer/setup.sh, which selects the OpenMP build of OpenBLAS, or set OMP_NUM_THREADS=1."
        : null;

    /// <summary>Lets LibTorch use every core, then asks it what it computes with: the first call of a program or notebook.</summary>
    /// <remarks>
    /// Left alone, LibTorch takes half of the processors it sees on x86, for it takes them for pairs of hyper-threads; on virtual machines
    /// they mostly are not. OMP_NUM_THREADS, where it is set, is respected.
    /// </remarks>
    public static TorchRuntime Start()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not { Length: > 0 }) set_num_threads(Cores());
        return Current();
    }

    /// <summary>Asks the LibTorch of this process.</summary>
    public static TorchRuntime Current()
    {
        var threads = get_num_threads();        // also loads LibTorch, so that its BLAS is among the mapped files
        var device = cuda.is_available() ? string.Create(CultureInfo.InvariantCulture, $"cuda ({cuda.device_count()} devices)") : "cpu";
        return new(__version__, BlasName(MappedFiles()), threads, device);
    }

    /// <summary>One line for the top of a run.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"LibTorch {LibTorch}, {Blas}, {Threads} threads, {Device}");

    /// <summary>Recognises the matrix library among a process's mapped files.</summary>
    internal static string BlasName(IReadOnlyCollection<string> files)
    {
        bool Any(string part) => files.Any(file => file.Contains(part, StringComparison.OrdinalIgnoreCase));

        return Any("openblas-openmp") || Any("libopenblaso") ? "OpenBLAS (OpenMP)"
            : Any("openblas-serial") ? "OpenBLAS (one thread)"
            : Any("openblas") ? SlowPairing
            : Any("libmkl") ? "MKL"
            : Any("libblis") ? "BLIS"
            : Any("libblas.so") ? "reference BLAS (slow)"
            : "bundled with LibTorch";
    }

    /// <summary>Physical cores that this process may use; processors where the system does not say which share a core.</summary>
    private static int Cores()
    {
        const string info = "/proc/cpuinfo";
        if (!File.Exists(info)) return Environment.ProcessorCount;
        var cores = File.ReadAllText(info).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(processor => string.Join('\n', processor.Split('\n').Where(line =>
                line.StartsWith("physical id", StringComparison.Ordinal) || line.StartsWith("core id", StringComparison.Ordinal))))
            .Where(place => place.Length > 0)
            .Distinct()
            .Count();
        return cores == 0 ? Environment.ProcessorCount : Math.Min(cores, Environment.ProcessorCount);
    }

    private static HashSet<string> MappedFiles()
    {
        const string maps = "/proc/self/maps";
        if (!File.Exists(maps)) return [];
        var named = File.ReadLines(maps).Where(line => line.Contains('/'));
        return [.. named.Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..])];
    }
}
