using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

        var defaults = notebook.Cells.FirstOrDefault(c => c.Kind == CellKind.Code && c.Tags.Contains(DefaultsTag))
            ?? throw new NotebookException($"{notebook.Name} has no code cell tagged '{DefaultsTag}', so it takes no parameters.");
        var source = Declarations(notebook.Name, defaults.Source, parameters);

        foreach (var earlier in notebook.Cells.Where(c => c.Tags.Contains(InjectedTag)).ToList()) notebook.Remove(earlier);
        notebook.InsertCode(notebook.Cells.IndexOf(defaults) + 1, InjectedTag, source, InjectedTag);
    }

    /// <summary>The parameters that a defaults cell declares: name → C# type, in the cell's order;
    /// null where the type is not a simple one.</summary>
    public static IReadOnlyList<(string Name, string? Type)> Declared(string defaults) =>
        [.. CSharpSyntaxTree.ParseText(defaults,
            new CSharpParseOptions(LanguageVersion.CSharp14, kind: Microsoft.CodeAnalysis.SourceCodeKind.Script))
            .GetCompilationUnitRoot().Members.OfType<FieldDeclarationSyntax>()
            .SelectMany(f => f.Declaration.Variables.Select(v => (v.Identifier.ValueText,
                TypeOf(f.Declaration.Type, v.Initializer?.Value))))];

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
