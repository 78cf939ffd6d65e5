using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;
using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel;

/// <summary>
/// Shows a list of records as a table with a column per public property, where the original kernel shows a column of collapsed trees.
/// </summary>
/// <remarks>
/// Takes sequences of a type whose properties are all simple values; everything else keeps the original's form, as does whatever a
/// notebook has registered a formatter for. Of a lazy sequence only as many elements are taken as are shown, and one.
/// </remarks>
public sealed class RecordTableFormatter : IRichFormatter
{
    /// <inheritdoc/>
    public bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = null;
        return value is IEnumerable records && ElementOf(value.GetType()) is { } element && IsRecord(element)
            && !Formatter.RegisteredFormatters(includeDefaults: false).Any(f => f.Type.IsInstanceOfType(value) || f.Type == element)
            && TryFormatAny(records, out bundle);
    }

    /// <summary>Shows a sequence with a column for each property of its first element; false when that has none.</summary>
    internal static bool TryFormatAny(IEnumerable records, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        if (records is ICollection) return TableFormatter.TryFormatRecords(records, out bundle);

        // It may never end, so it is cut where a table would be.
        var taken = records.Cast<object?>().Take(TableFormatter.RowLimit + 1).ToList();
        var isCut = taken.Count > TableFormatter.RowLimit;
        if (isCut) taken.RemoveAt(TableFormatter.RowLimit);
        if (!TableFormatter.TryFormatRecords(taken, out bundle)) return false;
        if (!isCut) return true;
        var note = string.Create(CultureInfo.InvariantCulture, $"… the first {taken.Count} rows of a sequence that goes on");
        bundle = bundle.With(MimeTypes.Plain, $"{bundle.Text(MimeTypes.Plain)}\n{note}")
            .With(MimeTypes.Markdown, $"{bundle.Text(MimeTypes.Markdown)}\n\n{note}")
            .With(MimeTypes.Html, $"{bundle.Text(MimeTypes.Html)}\n<p>{note}</p>");
        return true;
    }

    private static Type? ElementOf(Type type) => type.GetInterfaces()
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];

    private static bool IsRecord(Type type)
    {
        if (IsSimple(type) || type.IsAssignableTo(typeof(IEnumerable))) return false;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)) return false;
        PropertyInfo[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0)];
        return properties.Length > 0 && properties.All(p => IsSimple(p.PropertyType));
    }

    private static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || Type.GetTypeCode(bare) != TypeCode.Object
            || bare == typeof(DateTimeOffset) || bare == typeof(DateOnly) || bare == typeof(TimeSpan) || bare == typeof(Guid);
    }
}
