namespace TorchSharp.Modules;

/// <summary>A tensor that modules list among their parameters and optimizers change.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Takes over a tensor's numbers, and its place in a dispose scope; that tensor is empty afterwards.</summary>
    public Parameter(torch.Tensor data, bool requires_grad = true) : base(TakeFrom(data, requires_grad))
    {
        var owner = data.OwningDisposeScope;
        owner?.MarkAsDisposed(data);
        if (owner is null) DetachFromDisposeScope();
        else MoveToOtherDisposeScope(owner);
    }

    private static nint TakeFrom(torch.Tensor data, bool requires_grad)
    {
        ObjectDisposedException.ThrowIf(data.handle.IsClosed, data);
        data.requires_grad = requires_grad;
        return data.handle.Take();
    }
}
