using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Unlearn.Tensors;

namespace Unlearn.Experiments;

/// <summary>What a result was made from.</summary>
/// <param name="DataSha256">Identity of the rows.</param>
/// <param name="Model">Fingerprint of the model that unlearned.</param>
/// <param name="RetainModel">Fingerprint of the model that the result is compared with; null where there is none.</param>
/// <param name="Runtime">LibTorch, BLAS, threads, device.</param>
/// <param name="Machine">Processor and .NET version.</param>
/// <param name="Library">Version of this library, with its commit where the build knows it.</param>
/// <param name="Finished">When, UTC.</param>
/// <param name="Seconds">How long.</param>
public sealed record Provenance(
    string DataSha256, string Model, string? RetainModel, string Runtime, string Machine, string Library, DateTime Finished, double Seconds)
{
    /// <summary>What a result made here and now was made from.</summary>
    /// <param name="dataSha256">Identity of the rows.</param>
    /// <param name="model">The model that unlearned.</param>
    /// <param name="retainModel">The model that the result is compared with; null where there is none.</param>
    /// <param name="elapsed">How long it took.</param>
    internal static Provenance Of(string dataSha256, StoredModel model, StoredModel? retainModel, TimeSpan elapsed) => new(
        dataSha256, model.Fingerprint, retainModel?.Fingerprint, TorchRuntime.Current().ToString(),
        string.Create(CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}"),
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        DateTime.UtcNow, elapsed.TotalSeconds);
}
