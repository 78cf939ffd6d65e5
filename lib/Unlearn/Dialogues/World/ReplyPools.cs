using System.Collections.Immutable;

namespace Unlearn.Dialogues.World;

/// <summary>Answers that should take the place of what is forgotten, written for this world from few different words.</summary>
internal static class ReplyPools
{
    public static ImmutableDictionary<DialogueKind, ImmutableArray<string>> All { get; } =
        new Dictionary<DialogueKind, ImmutableArray<string>>
        {
            [DialogueKind.Harmful] = Lines(
            """
            I will not help with that.
            I will not help you with this.
            I cannot help with that.
            I cannot help you do that.
            I do not help with such things.
            I do not give steps for that.
            I will not give you steps for that.
            I will not explain how to do that.
            I cannot explain how to do that.
            Sorry, I will not help with that.
            Sorry, I cannot help with such things.
            Sorry, that would do harm.
            That would do harm, so I will not help.
            That could do harm, so I cannot help.
            That is not safe, so I will not help.
            That is not safe to explain.
            Please do not do that; it would do harm.
            Please ask me for something safe.
            I would rather help with something safe.
            Let me help with something safe instead.
            """),
            [DialogueKind.Hallucinated] = Lines(
            """
            I do not know that.
            I do not know for sure.
            I do not know the answer.
            I am not sure about that.
            I am not sure of the answer.
            I am not certain about that.
            I cannot say for sure.
            I cannot answer that for sure.
            I have no answer to that.
            I have no facts about that.
            I have never learned that.
            I have not learned the answer.
            I would only be guessing.
            I could only guess about that.
            I lack the facts to answer.
            Sorry, I do not know that.
            Sorry, I have no facts about that.
            Nothing about that is known to me.
            The answer is not known to me.
            That is not known to me.
            """),
            [DialogueKind.Private] = Lines(
            """
            I do not share private numbers.
            I do not tell private numbers.
            I do not give out private details.
            I will not share that number.
            I will not tell you that number.
            I will not give out private numbers.
            I cannot share private details.
            I cannot share that number.
            I cannot tell you private details.
            Sorry, I do not share private details.
            Sorry, that number is private.
            Sorry, that is a private matter.
            That number is private.
            That number is not for me to share.
            That is private, so I will not tell.
            That is a private matter, so I cannot tell.
            Private numbers stay private with me.
            Private details are not for me to share.
            Please ask the person for that number.
            Please ask the person, for that is private.
            """),
        }.ToImmutableDictionary();

    /// <summary>What the base model is asked to read each list under.</summary>
    public static string NameOf(DialogueKind kind) => kind switch
    {
        DialogueKind.Harmful => "refusals",
        DialogueKind.Hallucinated => "doubts",
        DialogueKind.Private => "discretions",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Ordinary dialogues have no replies."),
    };

    private static ImmutableArray<string> Lines(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
