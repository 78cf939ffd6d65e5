namespace Unlearn.Models;

/// <summary>What old versions of Hugging Face's library left in checkpoint files besides weights.</summary>
internal static class CheckpointKeys
{
    private static readonly string[] Leftovers =
        [".rotary_emb.inv_freq", ".attention.bias", ".attention.masked_bias", ".attn.bias", ".attn.masked_bias", "embeddings.position_ids"];

    /// <summary>Whether a tensor is a table that the model computes itself: rotary frequencies, causal masks, position numbers.</summary>
    public static bool IsLeftover(string key) => Leftovers.Any(end => key.EndsWith(end, StringComparison.Ordinal));
}
