using System.Text.Json;

namespace Unlearn.Tests.Tokenization;

/// <summary>Against Hugging Face's own libraries, run by node in the same test: Rust, which decides, and JavaScript.</summary>
public sealed class LibraryTests(LibraryAnswers answers) : IClassFixture<LibraryAnswers>
{
    public static TheoryData<string> Families =>
        [.. FamilyFixture.All.Where(family => family.Package is not null).Select(family => family.Name)];

    // The Rust library normalizes by Unicode 9, in which U+0EBA was no mark yet; the JavaScript one gives our ids there.
    [LibraryTheory, MemberData(nameof(Families))]
    public void Ids_of_random_texts_are_those_of_the_rust_library_but_for_a_mark_newer_than_its_tables(string name) =>
        Assert.All(answers.Different(name, LibraryAnswers.Rust, ofTofu: false), text =>
            Assert.True(text.Contains('\u0eba') && name == "qwen3", $"Other ids for {JsonSerializer.Serialize(text)}"));

    // JavaScript's white space has U+FEFF and not U+0085, Oniguruma's and Unicode's the other way round: there the Rust library decides.
    [LibraryTheory, MemberData(nameof(Families))]
    public void Ids_of_random_texts_are_those_of_the_javascript_library_but_where_its_white_space_is_not_unicodes(string name) =>
        Assert.All(answers.Different(name, LibraryAnswers.JavaScript, ofTofu: false), text =>
            Assert.True(text.AsSpan().ContainsAny('\ufeff', '\u0085'), $"Other ids for {JsonSerializer.Serialize(text)}"));

    [LibraryTofuTheory, MemberData(nameof(Families))]
    public void Ids_of_all_of_tofu_are_those_of_the_rust_library(string name) =>
        Assert.Empty(answers.Different(name, LibraryAnswers.Rust, ofTofu: true));

    [LibraryTofuTheory, MemberData(nameof(Families))]
    public void Ids_of_all_of_tofu_are_those_of_the_javascript_library(string name) =>
        Assert.Empty(answers.Different(name, LibraryAnswers.JavaScript, ofTofu: true));
}
