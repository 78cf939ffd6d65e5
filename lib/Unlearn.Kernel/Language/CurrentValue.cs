using System.Collections;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Language;

/// <summary>The value that a cell's variable has now, in a few words.</summary>
internal static class CurrentValue
{
    private const int Longest = 200;

    // An editor waits no longer for a tip.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>The type and text of a variable's value; null where the symbol is no variable of a cell that has run.</summary>
    public static string? Of(ISymbol symbol, CellCompiler compiler)
    {
        if (symbol is not IFieldSymbol { ContainingType.IsScriptClass: true }) return null;
        if (compiler.Variable(symbol.Name) is not { } variable) return null;
        var value = variable.Value;
        if (value is null) return "null";
        var type = TypeName.Of(value.GetType());
        var text = value is ICollection collection && value.GetType().Assembly == typeof(object).Assembly
            ? string.Create(CultureInfo.InvariantCulture, $"{collection.Count} item{(collection.Count == 1 ? "" : "s")}") : Text(value);
        return text.Length == 0 ? type : $"{type}: {Cut(text)}";
    }

    /// <summary>
    /// The value's own text, made on a thread of its own: it is the notebook's code, which may fail or never end. A thread that does
    /// not end is left behind; it does not keep the process alive.
    /// </summary>
    private static string Text(object value)
    {
        if (value is string known) return known;
        string? text = null;
        var thread = new Thread(() =>
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            try
            {
                text = value.ToString() ?? "";
            }
#pragma warning disable CA1031 // whatever the notebook's code throws is what there is to say
            catch (Exception e)
            {
                text = $"ToString() threw {e.GetType().Name}";
            }
#pragma warning restore CA1031
        })
        { IsBackground = true, Name = "value of a variable" };
        thread.UnsafeStart();
        if (!thread.Join(Patience)) return "ToString() takes too long";
        return text == value.GetType().ToString() ? "" : text ?? "";
    }

    private static string Cut(string text)
    {
        if (text.Length <= Longest) return text;
        // Not through the middle of a character.
        var length = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text[..length] + "…";
    }
}
