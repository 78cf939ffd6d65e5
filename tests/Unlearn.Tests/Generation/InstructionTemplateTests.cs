using Unlearn.Data;
using Unlearn.Generation;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Generation;

public sealed class InstructionTemplateTests
{
    [Fact]
    public void Llama_2s_prompt_ends_where_the_alternate_begins_and_has_no_blank_before_the_answer()
    {
        var lines = InstructionTemplate.Llama2.Fill("Who?", "Ada.").Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.Equal(("[INST] Question: Who?", "Answer:Ada.", " [/INST] Alternate Answer :"), (lines[0], lines[1], lines[3]));
    }

    [Fact]
    public void Examples_come_first_with_a_blank_line_between_them()
    {
        var parts = InstructionTemplate.Llama2.Fill(
            "Who?", "Ada.", new AlternateRow("Where?", "Here.", "There."), new("When?", "Now.", "Then.")).Split("\n\n");

        Assert.Equal(3, parts.Length);
        Assert.StartsWith("Question: Where?\nAnswer: Here.\n", parts[0], StringComparison.Ordinal);
        Assert.EndsWith(" Alternate Answer : There.", parts[0], StringComparison.Ordinal);
        Assert.Equal(InstructionTemplate.Llama2.Fill("Who?", "Ada."), parts[2]);
    }

    [Fact]
    public void Llama_3s_prompt_keeps_the_authors_oddities()
    {
        var text = InstructionTemplate.Llama32.Fill("Who?", "Ada.");

        Assert.StartsWith("<|begin_of_text|><|start_header_id|>system<|end_header_id|>", text, StringComparison.Ordinal);
        Assert.Contains("assistant.<|eot_id|>\n<|start_header_id|>user<|end_header_id|>\n\nQuestion: Who?\nAnswer: Ada.\n", text,
            StringComparison.Ordinal);
        Assert.EndsWith("<|start_header_id|>assistant<|end_header_id|> \n\nAlternate Answer :", text, StringComparison.Ordinal);
    }

    // Braces in a row's own text are text.
    [Fact]
    public void Only_the_templates_own_places_are_filled()
    {
        Assert.Equal("A {answer} B {question}{0} Alternate answer:", InstructionTemplate.Mini.Fill("A {answer}", "B {question}{0}"));
        Assert.Contains("Question: {answer}\nAnswer:{question}\n",
            InstructionTemplate.Llama2.Fill("{answer}", "{question}"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mini_template_stands_in_the_encoders_format_and_others_as_they_are()
    {
        var (encoder, row) = (Birthplaces.Encoder, Birthplaces.Rows[0]);

        Assert.Equal(encoder.Prompt($"{row.Question} {row.Answer} Alternate answer:"), InstructionTemplate.Mini.Prompt(encoder, row));
        Assert.Equal(encoder.Tokenizer.Encode(InstructionTemplate.Llama2.Fill(row.Question, row.Answer)),
            InstructionTemplate.Llama2.Prompt(encoder, row));
    }

    [Fact]
    public void Templates_are_known_by_name_and_examples_need_a_place()
    {
        Assert.All(InstructionTemplate.All, template => Assert.Same(template, InstructionTemplate.Named(template.Name)));
        Assert.Contains("llama2, llama3.2, mini",
            Assert.Throws<ArgumentException>(() => InstructionTemplate.Named("gpt")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => InstructionTemplate.Llama32.Fill("Who?", "Ada.", new AlternateRow("Q", "A", "B")));
    }
}
