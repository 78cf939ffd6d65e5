namespace TorchSharp;

/// <summary>The dispose scopes of one thread, innermost first, linked through <see cref="DisposeScope.OuterScope"/>.</summary>
internal static class ScopeStack
{
    [ThreadStatic] private static DisposeScope? innermost;

    internal static DisposeScope? Innermost => innermost;

    internal static DisposeScope Push() => innermost = new DisposeScope(innermost);

    internal static void Remove(DisposeScope scope)
    {
        if (innermost == scope)
        {
            innermost = scope.OuterScope;
            return;
        }
        for (var inner = innermost; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope != scope) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }
}
