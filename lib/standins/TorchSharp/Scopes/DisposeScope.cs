namespace TorchSharp;

/// <summary>Collects the tensors made while it is the innermost scope of its thread, and frees them when it is disposed.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScope? outer) => OuterScope = outer;

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>What the scope would free now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. disposables];

    /// <summary>How many objects the scope would free now.</summary>
    public int DisposablesCount => disposables.Count;

    /// <summary>Hands an object to the next outer scope, or to nobody when there is none.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveToOuter([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOuter([first, second]);
        return (first, second);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => Move(OuterScope, disposables);

    /// <summary>Hands an object to another scope.</summary>
    public T MoveToOther<T>(DisposeScope scope, T disposable) where T : IDisposable
    {
        Move(scope, [disposable]);
        return disposable;
    }

    public void MoveToOther(DisposeScope scope, params IDisposable[] disposables) => Move(scope, disposables);

    public void MoveToOther(DisposeScope scope, IEnumerable<IDisposable> disposables) => Move(scope, disposables);

    /// <summary>Takes an object out of every scope; its owner frees it.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        Move(null, [disposable]);
        return disposable;
    }

    public void Detach(params IDisposable[] disposables) => Move(null, disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => Move(null, disposables);

    /// <summary>Makes the scope the owner of an object, whoever owned it before.</summary>
    public void Attach(IDisposable disposable) => Attach([disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IDisposable[] all = [.. disposables];
        foreach (var disposable in all)
        {
            if (Owner(disposable) is { } owner) owner.Move(this, [disposable]);
            else Adopt(disposable);
        }
        return all;
    }

    /// <summary>Frees everything in the scope; the scope stays usable.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Frees everything but these.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        IDisposable[] doomed = [.. disposables.Where(d => !kept.Contains(d))];
        disposables.RemoveWhere(d => !kept.Contains(d));
        foreach (var disposable in doomed)
        {
            if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
            disposable.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Forgets an object that was freed some other way.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
    }

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    /// <summary>Frees everything in the scope and takes it off the thread's stack, wherever in it the scope stands.</summary>
    public void Dispose()
    {
        DisposeEverything();
        ScopeStack.Remove(this);
    }

    internal void Adopt(IDisposable disposable)
    {
        disposables.Add(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = this;
    }

    private static DisposeScope? Owner(IDisposable disposable) => (disposable as torch.Tensor)?.OwningDisposeScope;

    private void Move(DisposeScope? target, IEnumerable<IDisposable> moved)
    {
        foreach (var disposable in moved)
        {
            if (!disposables.Remove(disposable)) continue;
            if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
            target?.Adopt(disposable);
        }
    }
}
