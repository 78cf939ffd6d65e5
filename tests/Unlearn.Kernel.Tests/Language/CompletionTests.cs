namespace Unlearn.Kernel.Tests.Language;

public sealed class CompletionTests(Writing writing) : IClassFixture<Writing>
{
    [Theory]
    [InlineData("torch.¦", "zeros")]
    [InlineData("torch.¦", "nn")]
    [InlineData("torch.nn.¦", "Linear")]
    [InlineData("torch.nn.functional.¦", "relu")]
    [InlineData("torch.zer¦", "zeros")]
    [InlineData("torch.zeros(2).¦", "backward")]
    [InlineData("torch.zeros(2).exp().mean().¦", "item")]
    [InlineData("zeros(2).¦", "shape")]
    [InlineData("zero¦", "zeros")]
    [InlineData("TorchSharp.¦", "torch")]
    [InlineData("global::System.¦", "Math")]
    [InlineData("System.Collections.¦", "Generic")]
    [InlineData("Math.¦", "Sqrt")]
    [InlineData("\"text\".¦", "Length")]
    [InlineData("new[] { 1, 2 }.¦", "Select")]
    [InlineData("new int[3].¦", "Length")]
    [InlineData("rows.¦", "Where")]
    [InlineData("rows[0].¦", "Author")]
    [InlineData("rows?.¦", "Count")]
    [InlineData("rows[0]?.Author?.¦", "Length")]
    [InlineData("int? n = 1; n?.¦", "CompareTo")]
    [InlineData("shadowed.¦", "Substring")]
    [InlineData("(1, text: \"a\").¦", "text")]
    [InlineData("DayOfWeek.¦", "Monday")]
    [InlineData("rows.Where(row => row.¦", "Loss")]
    [InlineData("rows.Where(row => row.¦)", "Loss")]
    [InlineData("rows.Where(row => row.Loss > 0).Select(row => row.¦", "Author")]
    [InlineData("rows.Select(row => { var r = row; r.¦ })", "Author")]
    [InlineData("from row in rows where row.¦", "Loss")]
    [InlineData("from row in rows\nwhere row.Loss > 0\norderby row.¦\nselect row", "Author")]
    [InlineData("var x = await FindAsync(); x.¦", "Author")]
    [InlineData("if (rows.Count > 0) { rows[0].¦", "Author")]
    [InlineData("foreach (var row in rows) { row.¦ }", "Author")]
    [InlineData("void F(Row row) { row.¦ }", "Author")]
    [InlineData("rows[0].¦\nvar next = 1;", "Author")]
    [InlineData("rows.Where(row => row.¦\nvar next = 1;", "Author")]
    [InlineData("torch.¦\nConsole.WriteLine(1);", "zeros")]
    [InlineData("Console.WriteLine(rows[0].¦", "Author")]
    [InlineData("$\"loss {rows[0].¦}\"", "Loss")]
    [InlineData("$\"loss {ro¦\"", "rows")]
    [InlineData("var t = new torch.¦", "Tensor")]
    [InlineData("#r \"System.Xml.Linq.dll\"\nSystem.Xml.Linq.¦", "XElement")]
    [InlineData("#!time\nrows.¦", "Count")]
    [InlineData("#!markdown\nrows.\n#!csharp\nrows.¦", "Count")]
    public void Members_are_proposed_behind_a_dot(string cell, string member) => Assert.Contains(member, writing.Texts(cell));

    [Theory]
    [InlineData("sha¦", "shadowed")]
    [InlineData("Sho¦", "Shout")]
    [InlineData("Ro¦", "Row")]
    [InlineData("Tens¦", "Tensor")]
    [InlineData("Syst¦", "System")]
    [InlineData("fore¦", "foreach")]
    [InlineData("ret¦", "return")]
    [InlineData("¦", "rows")]
    [InlineData("var local = 1;\nloc¦", "local")]
    [InlineData("int F(int depth) { return dep¦ }", "depth")]
    [InlineData("rows.Where(row => ro¦", "row")]
    [InlineData("from row in rows wh¦", "where")]
    [InlineData("from row in rows\nsel¦", "select")]
    [InlineData("rows is n¦", "not")]
    [InlineData("rows[0] w¦", "with")]
    [InlineData("new Ro¦", "Row")]
    [InlineData("new Unlearn.Objectives.Np¦", "Npo")]
    [InlineData("List<Ro¦", "Row")]
    [InlineData("using Sys¦", "System")]
    [InlineData("using System.Coll¦", "Collections")]
    [InlineData("using static System.Ma¦", "Math")]
    [InlineData("Console.WriteLine(ro¦", "rows")]
    [InlineData("x = ro¦", "rows")]
    [InlineData("public stat¦", "static")]
    public void Names_in_scope_are_proposed_at_a_bare_word(string cell, string name) => Assert.Contains(name, writing.Texts(cell));

    [Theory]
    [InlineData("new Npo(Be¦", "Beta:")]
    [InlineData("new Npo(¦)", "Beta:")]
    [InlineData("Npo npo = new(¦)", "Beta:")]
    [InlineData("Shout(¦", "said:")]
    [InlineData("Shout(\"a\", ti¦", "times:")]
    [InlineData("new Row(Author: \"a\", ¦)", "Loss:")]
    [InlineData("torch.optim.SGD(null, le¦", "learningRate:")]
    [InlineData("\"a\".Substring(sta¦", "startIndex:")]
    public void Names_of_arguments_are_proposed(string cell, string name) => Assert.Contains(name, writing.Texts(cell));

    [Fact]
    public void An_argument_that_has_a_value_is_not_proposed_again()
    {
        Assert.DoesNotContain("said:", writing.Texts("Shout(\"a\", ¦"));
        Assert.DoesNotContain("Author:", writing.Texts("new Row(Author: \"a\", ¦)"));
    }

    [Theory]
    [InlineData("DayOfWeek day = ¦", "DayOfWeek.Monday")]
    [InlineData("DayOfWeek day; day = Mon¦", "DayOfWeek.Monday")]
    [InlineData("if (DateTime.UnixEpoch.DayOfWeek == ¦", "DayOfWeek.Monday")]
    [InlineData("new Row(\"a\", 1) { Day = ¦ }", "DayOfWeek.Monday")]
    [InlineData("switch (rows[0].Day) { case ¦", "DayOfWeek.Monday")]
    [InlineData("rows[0].Day switch { ¦", "DayOfWeek.Monday")]
    [InlineData("rows[0].Day is ¦", "DayOfWeek.Monday")]
    [InlineData("torch.zeros(2, dtype: ¦", "ScalarType.Float32")]
    [InlineData("\"a\".StartsWith(\"b\", ¦", "StringComparison.Ordinal")]
    public void Members_of_an_enum_are_proposed_where_one_is_expected(string cell, string member) =>
        Assert.Contains(member, writing.Texts(cell));

    [Theory]
    [InlineData("new Row(\"a\", 1) { ¦ }")]
    [InlineData("new Row(\"a\", 1) { Da¦ }")]
    [InlineData("new Row(\"a\", 1) { Loss = 2, ¦")]
    [InlineData("rows[0] with { ¦ }")]
    [InlineData("rows[0] with { ¦")]
    public void Settable_members_are_proposed_in_the_braces_of_an_initialiser(string cell)
    {
        var texts = writing.Texts(cell);

        Assert.Contains("Day", texts);
        Assert.DoesNotContain("ReadOnly", texts);
        Assert.DoesNotContain("ToString", texts);
    }

    [Fact]
    public void A_member_that_an_initialiser_has_set_is_not_proposed_again() =>
        Assert.DoesNotContain("Loss", writing.Texts("rows[0] with { Loss = 2, ¦ }"));

    [Theory]
    [InlineData("// rows.¦")]
    [InlineData("/* rows.¦ */")]
    [InlineData("/// <summary>ro¦")]
    [InlineData("\"rows.¦\"")]
    [InlineData("\"rows.¦")]
    [InlineData("@\"rows.¦\"")]
    [InlineData("\"\"\"rows.¦\"\"\"")]
    [InlineData("$\"rows.¦\"")]
    [InlineData("$\"{rows.Count} rows.¦\"")]
    [InlineData("$\"{rows.Count:F¦}\"")]
    [InlineData("'r¦'")]
    [InlineData("var x = 12¦")]
    [InlineData("var ro¦")]
    [InlineData("int ro¦")]
    [InlineData("class Ro¦")]
    [InlineData("#!markdown\nrows.¦")]
    [InlineData("#pragma warning dis¦")]
    [InlineData("unknown.¦")]
    [InlineData("rows.Clear().¦")]
    public void Nothing_is_proposed_where_there_is_no_code_to_write(string cell) => Assert.Empty(writing.At(cell).Items);

    [Fact]
    public void What_was_typed_is_replaced_from_its_first_character_to_the_end_of_the_word()
    {
        var list = writing.At("torch.zer¦os_like");

        Assert.Equal((6, 16), (list.Start, list.End));
    }

    [Fact]
    public void Exact_beginnings_come_before_other_case_and_both_before_the_beginnings_of_words()
    {
        writing.Run("var orderA = 1; var OrderB = 2; var oldRowDerived = 3;");

        Assert.Equal(["orderA", "OrderB"], writing.Texts("ord¦").Where(t => t is "orderA" or "OrderB"));
        Assert.Equal(["OrderB", "orderA"], writing.Texts("Ord¦").Where(t => t is "orderA" or "OrderB"));
        Assert.Equal("oldRowDerived", writing.Texts("oRD¦")[^1]);
        Assert.Contains("zeros_like", writing.Texts("torch.zl¦"));
        Assert.Contains("WriteLine", writing.Texts("Console.WL¦"));
        Assert.DoesNotContain("BadImageFormatException", writing.Texts("Be¦"));
    }

    [Fact]
    public void Members_that_every_value_has_come_last()
    {
        var texts = writing.Texts("rows[0].¦");

        Assert.Equal(["Author", "Day", "Deconstruct", "Loss", "ReadOnly"], texts.Take(5));
        Assert.Subset(texts.Skip(5).ToHashSet(), new HashSet<string> { "Equals", "GetHashCode", "GetType", "ToString" });
    }

    [Fact]
    public void Obsolete_members_come_last_and_hidden_ones_not_at_all()
    {
        writing.Run("""
            class Old
            {
                [Obsolete] public int Aged;
                [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)] public int Secret;
                public int Fresh;
                private int inner;
            }
            var old = new Old();
            """);
        var texts = writing.Texts("old.¦");

        Assert.Equal("Fresh", texts[0]);
        Assert.Equal("Aged", texts[^1]);
        Assert.DoesNotContain("Secret", texts);
        Assert.DoesNotContain("inner", texts);
    }

    [Fact]
    public void Overloads_are_one_proposal_that_counts_them()
    {
        Assert.EndsWith("overloads)", writing.Item("Console.WriteL¦", "WriteLine").Signature, StringComparison.Ordinal);
        Assert.All(writing.At("torch.¦").Items.GroupBy(i => i.Text), g => Assert.Single(g));
    }

    [Fact]
    public void Generic_types_are_inserted_without_their_brackets() =>
        Assert.Equal("class List<T>", writing.Item("Lis¦", "List").Signature);

    [Fact]
    public void A_variable_declared_again_has_its_latest_type() =>
        Assert.Equal("string shadowed", writing.Item("shad¦", "shadowed").Signature);

    [Fact]
    public void A_variable_is_not_proposed_before_its_declaration() =>
        Assert.DoesNotContain("later", writing.Texts("lat¦\nvar later = 1;"));

    [Fact]
    public void Values_do_not_offer_static_members_and_types_no_instance_members()
    {
        Assert.DoesNotContain("IsNullOrEmpty", writing.Texts("\"text\".¦"));
        Assert.DoesNotContain("Length", writing.Texts("string.¦"));
        Assert.Contains("IsNullOrEmpty", writing.Texts("string.¦"));
    }

    [Fact]
    public void A_using_directive_offers_namespaces_only()
    {
        var texts = writing.Texts("using System.¦");

        Assert.Contains("Text", texts);
        Assert.DoesNotContain("Math", texts);
    }

    [Fact]
    public void Directives_are_proposed_at_the_beginning_of_a_line()
    {
        Assert.Equal(["#!time"], writing.Texts("#!ti¦"));
        Assert.Contains("#!markdown", writing.Texts("var x = 1;\n#!¦"));
        Assert.Contains("#load", writing.Texts("#¦"));
        Assert.Equal("magic", writing.Item("#!ti¦", "#!time").Kind);
    }

    [Fact]
    public void Paths_are_proposed_in_references_and_loads()
    {
        var folder = Directory.CreateTempSubdirectory("completion").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "inner"));
            foreach (var file in (string[])["a.dll", "b.csx", "c.txt"]) File.WriteAllText(Path.Combine(folder, file), "");

            Assert.Equal(["a.dll", "inner/"], writing.Texts($"#r \"{folder}/¦"));
            Assert.Equal(["b.csx", "inner/"], writing.Texts($"#load \"{folder}/¦\""));
            Assert.Equal(["b.csx"], writing.Texts($"#!import {folder}/b¦"));
            Assert.Contains("nuget:", writing.Texts("#r \"nu¦"));
            Assert.Empty(writing.Texts($"#r \"{folder}/none/¦"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Names_that_are_keywords_are_written_with_an_at()
    {
        writing.Run("record Kept(int @class); var kept = new Kept(1);");

        Assert.Contains("@class", writing.Texts("kept.cl¦"));
    }
}
