using Unlearn.Kernel.Notebooks;

namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>The notebooks of the repository as readers find them.</summary>
public sealed class CommittedNotebooksTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.ipynb").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Repository.Root, "notebooks");

    // When this fails because code changed: notebooks/run NAME, then 'unlearn notebook save NAME'.
    [Theory]
    [MemberData(nameof(Names))]
    public void Committed_notebook_keeps_to_the_format_and_holds_outputs_of_its_own_code(string name) =>
        Assert.Empty(NotebookCheck.Run(Path.Combine(Folder, name)).Select(finding => finding.ToString()));
}
