namespace Unlearn.Models;

/// <summary>A module whose weights come from a checkpoint of Hugging Face.</summary>
public interface ICheckpointed
{
    /// <summary>The state-dict key of a tensor of a checkpoint file.</summary>
    /// <param name="key">The key in the file.</param>
    /// <returns>The module's key, or null for a tensor that is no weight of the model, or is a copy of one.</returns>
    string? KeyOf(string key);
}
