using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel;

/// <summary>
/// Shows a list of records as a table with a column per public property, where the original kernel shows a column of collapsed trees.
/// </summary>
/// <remarks>
/// Takes collections in memory, not lazy sequences (which might never end), of a type whose properties are all simple values;
/// everything else keeps the original's form.
/// </remarks>
public sealed class RecordTableFormatter : IRichFormatter
{
    /// <inheritdoc/>
    public bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = null;
        return value is ICollection records && ElementOf(value.GetType()) is { } element && IsRecord(element)
            && TableFormatter.TryFormatRecords(records, out bundle);
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
