namespace Unlearn.Dialogues.Files;

/// <summary>Reads files in the shape of PKU-SafeRLHF: a prompt with two answers, each marked safe or not.</summary>
/// <remarks>
/// Fields <c>prompt</c>, <c>response_0</c>, <c>response_1</c>, <c>is_response_0_safe</c>, <c>is_response_1_safe</c>; others are ignored.
/// The data set's layout changed in June 2024: name a revision when downloading it. Its licence is CC BY-NC 4.0, and its unsafe half is
/// what it says; nothing of it is kept here.
/// <para>Ji et al., 2024. <see href="https://arxiv.org/abs/2406.15513"/></para>
/// </remarks>
public static class SafeRlhfFile
{
    /// <summary>
    /// Both answers of every row: unsafe ones as harmful, with the other answer to expect where that is safe, safe ones as ordinary.
    /// </summary>
    /// <param name="path">A UTF-8 file of JSON objects, one a line or in one array.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not of this shape, damaged or cut off; the message says where.</exception>
    public static IReadOnlyList<Dialogue> Read(string path) => [.. JsonRecords.Read(path).SelectMany(Both)];

    private static Dialogue[] Both(JsonRecord record)
    {
        var prompt = record.Text("prompt");
        (string Text, bool Safe)[] answers =
        [
            (record.Text("response_0"), record.Flag("is_response_0_safe")),
            (record.Text("response_1"), record.Flag("is_response_1_safe")),
        ];
        return
        [
            .. answers.Select((answer, i) => new Dialogue(
                prompt, answer.Text, answer.Safe ? DialogueKind.Ordinary : DialogueKind.Harmful, prompt, Template: 0)
            {
                Expected = !answer.Safe && answers[1 - i].Safe ? [answers[1 - i].Text] : [],
            }),
        ];
    }
}
