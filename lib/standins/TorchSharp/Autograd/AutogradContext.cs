using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What forward leaves for backward. Valid while the body it was given to runs.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data;
            private nint native;

            internal AutogradContext(nint native, Dictionary<string, object> data, bool materialize) =>
                (this.native, this.data, MaterializeGrads) = (native, data, materialize);

            private nint Native
            {
                get
                {
                    ObjectDisposedException.ThrowIf(native == 0, this);
                    return native;
                }
            }

            /// <summary>Whether backward gets zeros, and not null, for a result that nothing used.</summary>
            public bool MaterializeGrads { get; private set; }

            public void set_materialize_grads(bool value)
            {
                NativeMethods.shim_context_materialize(Native, value ? 1 : 0);
                MaterializeGrads = value;
            }

            /// <summary>Keeps arguments or results; a change in place before backward is then found out.</summary>
            public unsafe void save_for_backward(List<Tensor> tensors)
            {
                using var saved = new Handles(tensors);
                fixed (nint* pointers = saved.Pointers)
                    NativeMethods.Check(NativeMethods.shim_context_save(Native, pointers, saved.Count));
            }

            public unsafe List<Tensor> get_saved_variables()
            {
                var handles = stackalloc nint[FunctionCall.Capacity];
                NativeMethods.Check(NativeMethods.shim_context_saved(Native, handles, FunctionCall.Capacity, out var count));
                var tensors = new List<Tensor>(count);
                for (var k = 0; k < count; k++) tensors.Add(handles[k] == 0 ? null! : new Tensor(handles[k]));
                return tensors;
            }

            /// <summary>Keeps anything but tensors.</summary>
            public void save_data(string key, object value) => data[key] = value;

            public object get_data(string key) => data.GetValueOrDefault(key)!;

            /// <summary>Names arguments that forward changed in place.</summary>
            public void mark_dirty(List<Tensor> tensors) => Mark(tensors, dirty: true);

            public void mark_non_differentiable(List<Tensor> tensors) => Mark(tensors, dirty: false);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => native = 0;

            private unsafe void Mark(List<Tensor> tensors, bool dirty)
            {
                using var marked = new Handles(tensors);
                fixed (nint* pointers = marked.Pointers)
                    NativeMethods.Check(NativeMethods.shim_context_mark(Native, pointers, marked.Count, dirty ? 1 : 0));
            }
        }
    }
}
