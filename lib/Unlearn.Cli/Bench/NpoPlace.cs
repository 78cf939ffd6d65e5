using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Cli.Bench;

/// <summary>Where and against whom <c>unlearn bench npo</c> measures; the same for both sides.</summary>
/// <param name="Peer">"pytorch" or "transformers".</param>
/// <param name="Device">"cpu", "cuda" or "cuda:1" and so on.</param>
/// <param name="Type">In which the model computes.</param>
internal sealed record NpoPlace(string Peer, string Device, ScalarType Type)
{
    public const string Transformers = "transformers";

    /// <summary>The type's name in PyTorch.</summary>
    public string TypeName => Type == ScalarType.BFloat16 ? "bfloat16" : "float32";

    /// <summary>Whether it is a GPU.</summary>
    public bool IsGpu => Device != "cpu";

    /// <summary>What a model must compute for one token, forward and backward: 6 operations a weight, the embedding's rows excepted.</summary>
    /// <remarks>Attention's products over positions are left out, being small for short rows; so is the reference.</remarks>
    public double FlopsPerToken { get; init; }

    /// <summary>The same for a model.</summary>
    public NpoPlace With(ModelShape shape, bool tied) => this with
    {
        FlopsPerToken = 6.0 * (shape.Parameters - (tied ? 0 : shape.Vocabulary * shape.Width)),
    };
}
