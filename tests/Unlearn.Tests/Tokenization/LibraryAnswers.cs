using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Tests.Data;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

/// <summary>What Hugging Face's two libraries say to our ids of random texts and of all of TOFU.</summary>
/// <remarks>One node process a family, for all tests.</remarks>
public sealed class LibraryAnswers
{
    public const string Rust = "tokenizers", JavaScript = "@huggingface/tokenizers";

    private const int RandomTextCount = 10_000, TofuTextCount = 8000;

    private readonly ConcurrentDictionary<string, Lazy<Dictionary<string, int[]>>> answers = [];
    private readonly string[] texts = [.. RandomTexts.Draw(99, RandomTextCount).Select(Assigned), .. Tofu()];

    /// <summary>The texts that a library gives other ids.</summary>
    /// <param name="name">The family.</param>
    /// <param name="library">The library.</param>
    /// <param name="ofTofu">Whether to look at TOFU's questions and answers, or at the random texts.</param>
    public IEnumerable<string> Different(string name, string library, bool ofTofu)
    {
        if (ofTofu) Assert.Equal(TofuTextCount, texts.Length - RandomTextCount);
        var places = answers.GetOrAdd(name, _ => new(() => Ask(FamilyFixture.Of(name).Path!))).Value[library];
        return places.Where(place => place >= RandomTextCount == ofTofu).Select(place => texts[place]);
    }

    private Dictionary<string, int[]> Ask(string path)
    {
        var tokenizer = TokenizerJson.Load(path);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(
                texts.Select(text => new { text, ids = tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true) })));
            var script = Path.Combine(AppContext.BaseDirectory, "Tokenization", "Fixtures", "compare.mjs");
            using var node = Process.Start(new ProcessStartInfo(
                NpmTokenizers.Node!, [script, NpmTokenizers.Folder!, Path.GetDirectoryName(path)!, file, Rust, JavaScript])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = node.StandardError.ReadToEndAsync();
            var answer = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0, errors.Result);
            return JsonSerializer.Deserialize<Dictionary<string, int[]>>(answer)!;
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
        : Corpus.Load(folder, "tofu").Full.SelectMany(row => new[] { row.Question, row.Answer });
}
