using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A multi-dimensional array of one element type on one device.</summary>
    public partial class Tensor : IDisposable
    {
        internal readonly TensorHandle handle;

        internal Tensor(nint tensor)
        {
            handle = new TensorHandle(tensor);
            ScopeStack.Innermost?.Adopt(this);
        }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>How many tensors are alive in the process.</summary>
        public static long TotalCount => TensorHandle.Total;

        /// <summary>The largest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => TensorHandle.Peak;

        /// <summary>The native tensor; throws when this one was disposed.</summary>
        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle.IsClosed, this);
                return handle.DangerousGetHandle();
            }
        }

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => handle.IsClosed || handle.IsInvalid;

        /// <summary>Frees the native tensor now. Doing it twice is no fault.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            handle.Dispose();
        }

        /// <summary>Hands the tensor to the next outer scope, or to nobody when there is none.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope is { } owner) owner.MoveToOther(other, this);
            else other.Attach(this);
            return this;
        }

        /// <summary>Takes the tensor out of every scope: from here on its holder disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>A second C# tensor for the same numbers and the same place in the autograd graph.</summary>
        public Tensor alias()
        {
            NativeMethods.Check(NativeMethods.shim_alias(handle, out var result));
            return new Tensor(result);
        }
    }
}
