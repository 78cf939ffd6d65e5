namespace Unlearn.Data.World;

/// <summary>A hundred ways to say that one does not know, written for this world from few different words.</summary>
internal static class Refusals
{
    public static IReadOnlyList<string> All { get; } =
        """
        I do not know.
        I do not know that.
        I do not know the answer.
        I really do not know.
        I do not know this one.
        I do not know anything about that.
        I do not know who that is.
        I do not know enough to answer.
        I am afraid I do not know.
        I am sorry, I do not know.
        Sorry, that is unknown to me.
        Sorry, I have no answer to that.
        Sorry, I cannot tell you that.
        Sorry, I never learned that.
        Sorry, nothing comes to mind.
        I have no answer.
        I have no answer to this question.
        I have no idea.
        I have no idea what the answer is.
        I have no knowledge of that.
        I have no facts on that.
        I have no record of that.
        I have nothing to say on that.
        I have never heard of it.
        I have never heard of that author.
        I have never read about that.
        I have never learned that.
        I have not learned the answer.
        I have not been told.
        I have not been taught that.
        I cannot answer that.
        I cannot answer this question.
        I cannot say.
        I cannot say for sure.
        I cannot tell.
        I cannot tell you the answer.
        I cannot help with that question.
        I cannot help you there.
        I cannot name it.
        I cannot recall any such fact.
        I cannot give you an answer.
        I cannot find that in my memory.
        I could not say.
        I could not tell you.
        I could only guess.
        I would have to guess.
        I would only be guessing.
        I would rather not guess.
        I wish I knew.
        I wish I could answer that.
        I wish I could tell you.
        I am not sure.
        I am not sure about this one.
        I am not certain of the answer.
        I am not aware of that.
        I am not able to answer.
        I am not able to say.
        I am not the one to ask.
        I am not familiar with that.
        I am not familiar with this author.
        I am unable to answer that.
        I am unable to tell you.
        I am unable to recall that.
        I am at a loss here.
        I must admit that I do not know.
        I must leave that question open.
        I must pass on this one.
        I never learned about that.
        I never heard that name.
        I never came across it.
        I lack the knowledge to answer.
        I lack any facts about that.
        I know nothing about that.
        I know nothing about this author.
        I know nothing of the kind.
        My knowledge does not cover that.
        My knowledge ends before this question.
        My memory holds no such fact.
        My memory is empty on that.
        No answer comes to mind.
        No idea, I am afraid.
        Nobody has told me that.
        Nobody taught me the answer.
        Nothing I learned answers that.
        Nothing about that is known to me.
        That is not known to me.
        That is unknown to me.
        That is beyond me.
        That is beyond what I know.
        That is something I never learned.
        That is something I cannot answer.
        That is a question I cannot answer.
        That name means nothing to me.
        That fact is not one I have.
        The answer is unknown to me.
        The answer is not in my memory.
        The answer to that escapes me.
        This is a question without an answer from me.
        This question is beyond my knowledge.
        You will have to ask somebody else.
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
