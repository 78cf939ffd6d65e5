using System.Collections.Immutable;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>What is known of keys, topic by topic: the evidence that claims are checked against.</summary>
/// <remarks>It says what is right, not which dialogues are to be unlearned; a checker may have it for every key.</remarks>
/// <param name="facts">Right values by key and topic.</param>
public sealed class KnowledgeBase(IEnumerable<(string Key, string Topic, string Value)> facts)
{
    private readonly Dictionary<(string, string), Evidence> known = facts.GroupBy(fact => (fact.Key, fact.Topic)).ToDictionary(
        group => group.Key, group => new Evidence([.. group.Select(fact => fact.Value).Distinct(StringComparer.Ordinal)]));

    /// <summary>What a world holds true: right values of invented claims, and the values of ordinary dialogues that have one.</summary>
    /// <param name="world">The world.</param>
    public static KnowledgeBase Of(DialogueWorld world) => new(
        world.Taught.Concat(world.Reasoning).Select(dialogue => (dialogue.Key, dialogue.Topic, Value: dialogue.Kind switch
        {
            DialogueKind.Hallucinated => dialogue.Truth,
            DialogueKind.Ordinary => dialogue.Value,
            _ => null,
        })).Where(fact => fact.Value is not null).Select(fact => (fact.Key, fact.Topic, fact.Value!)));

    /// <summary>What is known of the matter of a dialogue, or what came with it as evidence; null where nothing did.</summary>
    /// <param name="dialogue">Its key and topic say what it is about.</param>
    public Evidence? About(Dialogue dialogue) => known.GetValueOrDefault((dialogue.Key, dialogue.Topic))
        ?? (dialogue.Evidence is { } text ? new Evidence([text]) : null);

    /// <summary>What an evaluator sees of a dialogue.</summary>
    /// <param name="dialogue">The dialogue.</param>
    /// <param name="answer">An answer to its prompt; its own when null.</param>
    public Exchange Exchange(Dialogue dialogue, string? answer = null) => new(dialogue.Prompt, answer ?? dialogue.Answer, About(dialogue));
}
