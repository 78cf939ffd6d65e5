using Unlearn.Dialogues;
using Unlearn.Dialogues.Files;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues.Files;

public sealed class HaluEvalFileTests
{
    private const string Question = """
        {"knowledge": "The mill is blue.", "question": "What colour is the mill?", "right_answer": "Blue.", "hallucinated_answer": "Red."}
        """;

    private const string History = """
        {"knowledge": "The mill is blue.", "dialogue_history": "[Human]: I like mills. [Assistant]: So do I.",
        """ + """
         "right_response": "Ours is blue.", "hallucinated_response": "Ours is red."}
        """;

    [Fact]
    public void A_row_is_a_right_and_a_hallucinated_dialogue_with_what_is_known()
    {
        using var folder = new TemporaryFolder();
        var dialogues = HaluEvalFile.Read(folder.File("qa_data.json", Question + "\n" + History));

        Assert.Equal([DialogueKind.Ordinary, DialogueKind.Hallucinated, DialogueKind.Ordinary, DialogueKind.Hallucinated],
            dialogues.Select(each => each.Kind));
        Assert.Equal(["Blue.", "Red.", "Ours is blue.", "Ours is red."], dialogues.Select(each => each.Answer));
        Assert.Equal<string>(["Ours is blue."], dialogues[3].Expected);
        Assert.Equal(("Red.", "Blue.", "The mill is blue."), (dialogues[1].Value, dialogues[1].Truth, dialogues[1].Evidence));
        Assert.Equal("[Human]: I like mills. [Assistant]: So do I.", dialogues[2].Prompt);
    }

    [Fact]
    public void A_prompt_that_begins_with_a_bracket_makes_no_array_of_its_line()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(HaluEvalFile.Read(folder.File("a", History)), HaluEvalFile.Read(folder.File("b", $"[{History}]")));
    }

    [Theory]
    [InlineData("{\"document\": \"d\", \"right_summary\": \"r\"}", "'question' or 'dialogue_history'")]
    [InlineData("{\"question\": \"q\", \"knowledge\": \"k\", \"right_answer\": \"r\"}", "'hallucinated_answer'")]
    [InlineData("{\"question\": \"q\", \"right_answer\": \"r\", \"hallucinated_answer\": \"h\"}", "'knowledge'")]
    [InlineData("{\"question\": [\"q\"], \"knowledge\": \"k\"}", "text")]
    public void What_is_missing_is_named(string row, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("qa_data.json", row);
        var message = Assert.Throws<InvalidDataException>(() => HaluEvalFile.Read(path)).Message;

        Assert.StartsWith($"{path}(1)", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
