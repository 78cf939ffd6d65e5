using System.Text.Json.Nodes;
using Unlearn.Tokenization.Reading;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A change of rotary frequencies that makes a model read further than it was first trained for.</summary>
public abstract record RopeScaling
{
    private const string Known = "default, linear and llama3";

    /// <summary>The changed frequencies.</summary>
    /// <param name="frequencies">[R/2] in radians a token, float64.</param>
    internal abstract Tensor Of(Tensor frequencies);

    /// <summary>As <c>config.json</c> has it.</summary>
    internal abstract JsonObject Write();

    /// <summary>θ and the scaling that a configuration names, in its older or its newer form.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="theta">θ where it names none.</param>
    internal static (double Theta, RopeScaling? Scaling) Read(JsonPart config, double theta)
    {
        var parameters = config.Find("rope_parameters");
        var given = (parameters?.Find("rope_theta") ?? config.Find("rope_theta"))?.Real() ?? theta;
        if ((parameters ?? config.Find("rope_scaling")) is not { } scaling) return (given, null);
        return (given, (scaling.Find("rope_type") ?? scaling.Find("type"))?.Text() switch
        {
            null or "default" => null,
            "linear" => new LinearRope(scaling.Positive("factor")),
            "llama3" => new Llama3Rope(
                scaling.Positive("factor"), scaling.Positive("low_freq_factor"), scaling.Positive("high_freq_factor"),
                scaling.Size("original_max_position_embeddings")),
            var type => throw new FormatException($"{scaling.Place} is of type '{JsonPart.Shown(type)}'; supported are {Known}."),
        });
    }
}

/// <summary>All frequencies divided by one number, so that positions lie closer together.</summary>
/// <remarks>Chen et al., 2023. <see href="https://arxiv.org/abs/2306.15595"/></remarks>
/// <param name="Factor">f &gt; 0.</param>
public sealed record LinearRope(double Factor) : RopeScaling
{
    internal override Tensor Of(Tensor frequencies) => frequencies / Factor;

    internal override JsonObject Write() => new() { ["rope_type"] = "linear", ["factor"] = Factor };
}

/// <summary>Llama 3.1's scaling: slow frequencies are divided, fast ones stay, those between go over smoothly.</summary>
/// <remarks>
/// <code>
///   λ = 2π/ω,   s = clamp((L/λ − low) / (high − low), 0, 1),   ω′ = (1 − s) ω/f + s ω
/// </code>
/// Grattafiori et al., 2024. <see href="https://arxiv.org/abs/2407.21783"/>
/// </remarks>
/// <param name="Factor">f.</param>
/// <param name="LowFrequency">Turns within L below which a frequency is divided.</param>
/// <param name="HighFrequency">Turns within L above which it stays.</param>
/// <param name="OriginalContext">L, the context of the first training, in tokens.</param>
public sealed record Llama3Rope(double Factor, double LowFrequency, double HighFrequency, long OriginalContext) : RopeScaling
{
    internal override Tensor Of(Tensor frequencies)
    {
        var turns = frequencies * (OriginalContext / (2 * Math.PI));
        var stays = ((turns - LowFrequency) / (HighFrequency - LowFrequency)).clamp(min: 0, max: 1);
        return (1 - stays) * frequencies / Factor + stays * frequencies;
    }

    internal override JsonObject Write() => new()
    {
        ["rope_type"] = "llama3",
        ["factor"] = Factor,
        ["low_freq_factor"] = LowFrequency,
        ["high_freq_factor"] = HighFrequency,
        ["original_max_position_embeddings"] = OriginalContext,
    };
}
