using System.Collections.Immutable;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>What an evaluator sees: a prompt, an answer to it, and what is known about the matter.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Answer">Any answer.</param>
/// <param name="Evidence">What a knowledge base says; null where it says nothing.</param>
public sealed record Exchange(string Prompt, string Answer, Evidence? Evidence = null);

/// <summary>What a knowledge base says about the matter of a prompt.</summary>
/// <param name="Right">Values that an answer may claim, such as "Veld".</param>
public sealed record Evidence(ImmutableArray<string> Right)
{
    /// <summary>Claims that are known to be false; empty where none are.</summary>
    public ImmutableArray<string> Wrong { get; init; } = [];
}
