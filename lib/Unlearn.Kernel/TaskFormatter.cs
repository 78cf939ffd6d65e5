using System.Diagnostics.CodeAnalysis;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel;

/// <summary>
/// Shows a task that runs without waiting for it, as reading its result would. One that has ended keeps the original's form.
/// </summary>
public sealed class TaskFormatter : IRichFormatter
{
    /// <inheritdoc/>
    public bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = value is Task { IsCompleted: false } task ? MimeBundle.Plain($"{Name(task)} still runs; 'await' gives its end.") : null;
        return bundle is not null;
    }

    // The types of running tasks are the compiler's; what was written is Task or Task<T>.
    private static string Name(Task task)
    {
        var type = task.GetType();
        while (type != typeof(Task) && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))) type = type.BaseType!;
        return type.IsGenericType && type.GenericTypeArguments[0].Name != "VoidTaskResult" ? TypeName.Of(type) : "Task";
    }
}
