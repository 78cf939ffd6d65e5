namespace Unlearn.Dialogues.Files;

/// <summary>Reads files in the shape of HaluEval's questions and dialogues: a right and a hallucinated answer, and what is known.</summary>
/// <remarks>
/// Fields <c>knowledge</c>, <c>question</c>, <c>right_answer</c>, <c>hallucinated_answer</c> (from HotpotQA), or <c>knowledge</c>,
/// <c>dialogue_history</c>, <c>right_response</c>, <c>hallucinated_response</c> (from OpenDialKG). The published files end in <c>.json</c>
/// and have one object a line.
/// <para>Li, Cheng, Zhao, Nie, Wen, 2023. <see href="https://arxiv.org/abs/2305.11747"/></para>
/// </remarks>
public static class HaluEvalFile
{
    /// <summary>Two dialogues a row: the right answer as ordinary, then the hallucinated one with the right one to expect.</summary>
    /// <param name="path">A UTF-8 file of JSON objects, one a line or in one array.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not of this shape, damaged or cut off; the message says where.</exception>
    public static IReadOnlyList<Dialogue> Read(string path) => [.. JsonRecords.Read(path).SelectMany(Both)];

    private static Dialogue[] Both(JsonRecord record)
    {
        var (asked, kind) = record.Has("question") ? ("question", "answer")
            : record.Has("dialogue_history") ? ("dialogue_history", "response")
            : throw record.Bad(
                "expected a field 'question' or 'dialogue_history', got neither; summaries and general queries are not read");
        var (prompt, knowledge) = (record.Text(asked), record.Text("knowledge"));
        var (right, hallucinated) = (record.Text($"right_{kind}"), record.Text($"hallucinated_{kind}"));
        return
        [
            new(prompt, right, DialogueKind.Ordinary, prompt, Template: 0) { Value = right, Evidence = knowledge },
            new(prompt, hallucinated, DialogueKind.Hallucinated, prompt, Template: 0)
            {
                Value = hallucinated, Truth = right, Expected = [right], Evidence = knowledge,
            },
        ];
    }
}
