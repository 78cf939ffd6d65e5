namespace Unlearn.Dialogues.Evaluating;

/// <summary>An evaluator that never errs on a world's own dialogues, for ablations: it looks the label up.</summary>
/// <remarks>
/// Answers that are in no dialogue are judged by the gold rules. As reported rates come from those too, it must not select in a study
/// that draws conclusions on a method; it shows what a perfect selection would change.
/// </remarks>
/// <param name="world">The world.</param>
public sealed class OracleEvaluator(DialogueWorld world) : IDialogueEvaluator
{
    private readonly GoldJudge judge = new(world);

    private readonly ILookup<string, Dialogue> asked = world.Taught.Concat(world.Reasoning)
        .ToLookup(dialogue => dialogue.Prompt, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "oracle";

    /// <inheritdoc/>
    public IReadOnlyList<KindScores> Score(IReadOnlyList<Exchange> exchanges) => [.. exchanges.Select(Score)];

    private KindScores Score(Exchange exchange)
    {
        var known = asked[exchange.Prompt].ToArray();
        if (known.Length == 0) return new(0, 0, 0);
        var dialogue = known.FirstOrDefault(each => each.Answer == exchange.Answer) ?? known[0];
        var kind = dialogue.Answer == exchange.Answer ? dialogue.Kind : Verdicts.KindOf(judge.Judge(dialogue, exchange.Answer));
        double Is(DialogueKind wanted) => kind == wanted ? 1 : 0;
        return new(Is(DialogueKind.Harmful), Is(DialogueKind.Hallucinated), Is(DialogueKind.Private));
    }
}
