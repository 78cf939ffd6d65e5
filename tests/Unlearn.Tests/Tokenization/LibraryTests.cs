using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Tests.Data;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

/// <summary>Against Hugging Face's own libraries, run by node in the same test: Rust, which decides, and JavaScript.</summary>
public sealed class LibraryTests
{
    private const int RandomTextCount = 2000, EveryTofuRow = 4;

    public static TheoryData<string> Families =>
        [.. FamilyFixture.All.Where(family => family.Package is not null).Select(family => family.Name)];

    [LibraryTheory, MemberData(nameof(Families))]
    public void Ids_are_those_of_the_rust_library(string name) => Assert.Empty(Different(name, "tokenizers"));

    // JavaScript's white space has U+FEFF and not U+0085, Oniguruma's and Unicode's the other way round: there the Rust library decides.
    [LibraryTheory, MemberData(nameof(Families))]
    public void Ids_are_those_of_the_javascript_library_but_where_its_white_space_is_not_unicodes(string name) =>
        Assert.All(Different(name, "@huggingface/tokenizers"), text =>
            Assert.True(text.AsSpan().ContainsAny('\ufeff', '\u0085'), $"Other ids for {JsonSerializer.Serialize(text)}"));

    private static string[] Different(string name, string library)
    {
        var path = FamilyFixture.Of(name).Path!;
        var tokenizer = TokenizerJson.Load(path);
        var texts = RandomTexts.Draw(99, RandomTextCount).Select(Assigned).Concat(Tofu());
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(
                texts.Select(text => new { text, ids = tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true) })));
            var script = Path.Combine(AppContext.BaseDirectory, "Tokenization", "Fixtures", "compare.mjs");
            using var node = Process.Start(new ProcessStartInfo(
                NpmTokenizers.Node!, [script, NpmTokenizers.Folder!, library, Path.GetDirectoryName(path)!, file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = node.StandardError.ReadToEndAsync();
            var answer = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0, errors.Result);
            return JsonSerializer.Deserialize<string[]>(answer)!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The text without characters that are not assigned yet: node's Unicode may be newer, and have some.</summary>
    private static string Assigned(string text) => string.Concat(
        text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned));

    private static IEnumerable<string> Tofu() => TestData.Tofu is not { } folder ? []
        : Corpus.Load(folder, "tofu").Full.Where((_, i) => i % EveryTofuRow == 0).SelectMany(row => new[] { row.Question, row.Answer });
}

/// <summary>A test that runs Hugging Face's libraries; skipped where set-up has not installed them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibraryTheoryAttribute : TheoryAttribute
{
    public LibraryTheoryAttribute()
    {
        if (NpmTokenizers.Node is null || FamilyFixture.All.Any(family => family.Path is null))
            Skip = "needs node and npm's tokenizers in lib/artifacts/npm/tokenizers; .devcontainer/setup.sh installs them";
    }
}
