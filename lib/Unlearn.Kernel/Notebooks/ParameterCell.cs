using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Unlearn.Kernel.Notebooks;

/// <summary>
/// Parameters from outside, the way papermill passes them: a cell with new declarations goes behind the cell tagged
/// <c>parameters</c> and shadows its defaults. The defaults give each parameter its type.
/// </summary>
public static class ParameterCell
{
    /// <summary>The tag of the cell that declares parameters and their defaults.</summary>
    public const string DefaultsTag = "parameters";

    /// <summary>The tag of the cell that is put in.</summary>
    public const string InjectedTag = "injected-parameters";

    private static readonly Dictionary<string, (Func<string, object?> Read, string Expected)> Types = new(StringComparer.Ordinal)
    {
        ["bool"] = (s => bool.TryParse(s, out var v) ? v : null, "true or false"),
        ["int"] = (s => int.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null,
            "a whole number of 32 bits"),
        ["long"] = (s => long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null,
            "a whole number of 64 bits"),
        ["float"] = (s => float.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) && float.IsFinite(v) ? v : null,
            "a finite number"),
        ["double"] = (s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) && double.IsFinite(v) ? v : null,
            "a finite number"),
        ["decimal"] = (s => decimal.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : null, "a number"),
        ["string"] = (s => s, "text"),
    };

    /// <summary>Puts the parameters into a notebook; without any, the notebook stays as it is.</summary>
    /// <exception cref="NotebookException">The notebook declares no such parameter, or the text is no value of its type.</exception>
    public static void Inject(Notebook notebook, IReadOnlyDictionary<string, string> parameters)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0) return;

        var defaults = Of(notebook)
            ?? throw new NotebookException($"{notebook.Name} has no code cell tagged '{DefaultsTag}', so it takes no parameters.");
        var source = Declarations(notebook.Name, defaults.Source, parameters);

        foreach (var earlier in notebook.Cells.Where(c => c.Tags.Contains(InjectedTag)).ToList()) notebook.Remove(earlier);
        notebook.InsertCode(notebook.Cells.IndexOf(defaults) + 1, InjectedTag, source, InjectedTag);
    }

    /// <summary>The cell that declares a notebook's parameters, or null.</summary>
    public static NotebookCell? Of(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return notebook.Cells.FirstOrDefault(c => c.Kind == CellKind.Code && c.Tags.Contains(DefaultsTag));
    }

    /// <summary>The parameters that a notebook declares: name → C# type, as <see cref="Declared(string)"/> tells.</summary>
    public static IReadOnlyList<(string Name, string? Type)> Declared(Notebook notebook) =>
        Of(notebook) is { } cell ? Declared(cell.Source) : [];

    /// <summary>The parameters that a defaults cell declares: name → C# type, in the cell's order;
    /// null where the type is not a simple one.</summary>
    public static IReadOnlyList<(string Name, string? Type)> Declared(string defaults) =>
        [.. Variables(defaults).Select(v => (v.Name.Identifier.ValueText, TypeOf(v.Field.Type, v.Name.Initializer?.Value)))];

    /// <summary>The parameters that a defaults cell declares with the values that stand there, as code.</summary>
    public static IReadOnlyList<(string Name, string Value)> Values(string defaults) =>
        [.. Variables(defaults).Where(v => v.Name.Initializer is not null)
            .Select(v => (v.Name.Identifier.ValueText, v.Name.Initializer!.Value.ToString()))];

    /// <summary>A defaults cell in which the values of an injected cell stand in place of the defaults: the parameters of a run,
    /// in one cell. A default that already has the value stays as it is written.</summary>
    public static string Merge(string defaults, string injected)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        var values = Variables(injected).Where(v => v.Name.Initializer is not null)
            .DistinctBy(v => v.Name.Identifier.ValueText).ToDictionary(v => v.Name.Identifier.ValueText, StringComparer.Ordinal);
        var edits = new List<(TextSpan Span, string Text)>();
        foreach (var (field, name) in Variables(defaults))
        {
            if (name.Initializer is not { Value: var old } || !values.TryGetValue(name.Identifier.ValueText, out var set)) continue;
            var value = set.Name.Initializer!.Value;
            if (SameValue(old, value)) continue;
            edits.Add((old.Span, value.ToString()));
            // A value that alone would give 'var' another type, or none, brings its type along.
            if (field.Type.IsVar && !set.Field.Type.IsVar && TypeOf(field.Type, value) != set.Field.Type.ToString())
                edits.Add((field.Type.Span, set.Field.Type.ToString()));
        }
        return edits.OrderByDescending(e => e.Span.Start)
            .Aggregate(defaults, (text, e) => text.Remove(e.Span.Start, e.Span.Length).Insert(e.Span.Start, e.Text));
    }

    private static bool SameValue(ExpressionSyntax a, ExpressionSyntax b)
    {
        if (Number(a) is { } first && Number(b) is { } second) return first.Equals(second);
        return a is LiteralExpressionSyntax { Token.Value: string or bool or null } x
            && b is LiteralExpressionSyntax { Token.Value: string or bool or null } y
            ? x.RawKind == y.RawKind && Equals(x.Token.Value, y.Token.Value)
            : a.NormalizeWhitespace().ToString() == b.NormalizeWhitespace().ToString();
    }

    private static double? Number(ExpressionSyntax value) => value switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negative => -Number(negative.Operand),
        LiteralExpressionSyntax { Token.Value: int or uint or long or ulong or float or double } literal =>
            Convert.ToDouble(literal.Token.Value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static IEnumerable<(VariableDeclarationSyntax Field, VariableDeclaratorSyntax Name)> Variables(string source) =>
        CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp14, kind: SourceCodeKind.Script))
            .GetCompilationUnitRoot().Members.OfType<FieldDeclarationSyntax>()
            .SelectMany(f => f.Declaration.Variables.Select(v => (f.Declaration, v)));

    private static string Declarations(string notebook, string defaults, IReadOnlyDictionary<string, string> parameters)
    {
        var declared = Declared(defaults);
        if (parameters.Keys.Order(StringComparer.Ordinal).FirstOrDefault(p => declared.All(d => d.Name != p)) is { } unknown)
        {
            throw new NotebookException($"{notebook} has no parameter '{unknown}'; it has "
                + $"{string.Join(", ", declared.Select(d => $"{d.Name} ({d.Type ?? "not settable"})"))}.");
        }
        var lines = declared.Where(d => parameters.ContainsKey(d.Name)).DistinctBy(d => d.Name)
            .Select(d => $"{d.Type} {d.Name} = {Literal(d.Name, d.Type, parameters[d.Name])};");
        return string.Join('\n', lines.Prepend("// Parameters"));
    }

    private static string Literal(string name, string? type, string text)
    {
        if (type is null)
            throw new NotebookException($"parameter '{name}' is not a number, text, truth value or list of them, so it cannot be set.");
        if (type.EndsWith('?')) return text == "null" ? "null" : Literal(name, type[..^1], text);
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            var items = text.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return $"[{string.Join(", ", items.Select(i => Literal(name, type[..^2], i)))}]";
        }
        var (read, expected) = Types[type];
        return read(text) switch
        {
            null => throw new NotebookException($"parameter '{name}' has type {type}: {expected} was expected, not '{text}'."),
            bool value => value ? "true" : "false",
            string value => SymbolDisplay.FormatLiteral(value, quote: true),
            float value => value.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal value => value.ToString(CultureInfo.InvariantCulture) + "m",
            var value => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        };
    }

    private static string? TypeOf(TypeSyntax declared, ExpressionSyntax? value)
    {
        if (!declared.IsVar) return Known(declared.ToString());
        return value switch
        {
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negative => TypeOf(declared, negative.Operand),
            LiteralExpressionSyntax literal => literal.Token.Value switch
            {
                bool => "bool",
                int => "int",
                long or uint => "long",
                float => "float",
                double => "double",
                decimal => "decimal",
                string => "string",
                _ => null,
            },
            ArrayCreationExpressionSyntax array => Known(array.Type.ElementType + "[]"),
            ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: [var first, ..] } =>
                TypeOf(declared, first) is { } item ? Known(item + "[]") : null,
            _ => null,
        };
    }

    private static string? Known(string type)
    {
        var simple = type.Replace(" ", "", StringComparison.Ordinal).TrimEnd('?');
        var element = simple.EndsWith("[]", StringComparison.Ordinal) ? simple[..^2] : simple;
        return Types.ContainsKey(element) ? type.Replace(" ", "", StringComparison.Ordinal) : null;
    }
}
