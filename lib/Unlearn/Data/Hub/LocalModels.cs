namespace Unlearn.Data.Hub;

/// <summary>Finds models of the hub that are on this machine: put into a folder by hand, or downloaded. Never asks the network.</summary>
public static class LocalModels
{
    /// <summary>The variable that names a folder with models put there by hand, each as <c>ORG/NAME</c> below it.</summary>
    public const string Variable = "UNLEARN_MODELS";

    /// <summary>
    /// The folder of a model: <c>ORG/NAME</c> in the folder that UNLEARN_MODELS names, or the newest download in the cache that
    /// <c>unlearn get model</c> fills (HF_HOME).
    /// </summary>
    /// <param name="name">"org/name" or "org/name@revision"; the revision counts in the cache only.</param>
    /// <returns>Null where no whole model is.</returns>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable);

    /// <summary>The folder of the first of several models that is there.</summary>
    /// <param name="names">Any of which would do, the best first.</param>
    /// <param name="purpose">What it is for, such as "the model that has read all of TOFU".</param>
    /// <exception cref="DirectoryNotFoundException">None is there; the message says where it was looked for and how to get it.</exception>
    public static string Require(IReadOnlyList<string> names, string purpose) =>
        Require(names, purpose, Environment.GetEnvironmentVariable);

    internal static string? Find(string name, Func<string, string?> variable)
    {
        var repository = HubRepository.Model(name);
        if (ByHand(repository, variable) is { } folder && ModelFiles.IsComplete(folder)) return folder;
        return new HubCache(HubSettings.From(variable)).Cached(repository, ModelFiles.IsComplete);
    }

    internal static string Require(IReadOnlyList<string> names, string purpose, Func<string, string?> variable)
    {
        foreach (var name in names)
            if (Find(name, variable) is { } folder) return folder;

        var first = HubRepository.Model(names[0]);
        var (place, cache) = (ByHand(first, variable), HubSettings.From(variable).Cache);
        var half = names.Select(name => ByHand(HubRepository.Model(name), variable)).FirstOrDefault(Directory.Exists);
        throw new DirectoryNotFoundException(
            $"{purpose} should be {string.Join(" or ", names)}, but no such model is on this machine: neither in "
            + $"{place ?? $"a folder that {Variable} names (it names none)"} nor in the cache {cache}. "
            + (half is null ? "" : $"{half} is there but lacks config.json, a tokenizer or weights as safetensors. ")
            + $"Get it with: unlearn get model {names[0]}. Or put config.json, tokenizer.json (BERT's vocab.txt will do) "
            + "and all its .safetensors files into "
            + (place ?? $"{names[0]} below a folder, and name that folder in {Variable}") + ".");
    }

    private static string? ByHand(HubRepository repository, Func<string, string?> variable) =>
        variable(Variable) is { Length: > 0 } root ? Path.Combine([root, .. repository.Id.Split('/')]) : null;
}
