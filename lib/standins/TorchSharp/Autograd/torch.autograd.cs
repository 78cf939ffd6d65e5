using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of recorded computations.</summary>
    public static partial class autograd
    {
        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>
        /// Adds the gradients of Σₖ ⟨tensorₖ, grad_tensorₖ⟩ to the <see cref="Tensor.grad"/> of the inputs, or of every leaf when no
        /// inputs are given. The graph is freed unless it is retained, which is the default when a graph of the gradients is made.
        /// </summary>
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            using var roots = new Handles(tensors);
            using var weights = new Handles(grad_tensors);
            using var targets = new Handles(inputs);
            fixed (nint* root = roots.Pointers, weight = weights.Pointers, target = targets.Pointers)
            {
                NativeMethods.Check(NativeMethods.shim_backward(root, roots.Count, weight, weights.Count,
                    retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, target, targets.Count));
            }
        }

        /// <summary>The gradients of Σₖ ⟨outputₖ, grad_outputₖ⟩ by each input; null for an unused input when that is allowed.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using var roots = new Handles(outputs);
            using var weights = new Handles(grad_outputs);
            using var targets = new Handles(inputs);
            var results = new nint[targets.Count];
            fixed (nint* root = roots.Pointers, weight = weights.Pointers, target = targets.Pointers, result = results)
            {
                NativeMethods.Check(NativeMethods.shim_gradients(root, roots.Count, target, targets.Count, weight, weights.Count,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, result));
            }
            return Array.ConvertAll(results, static handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Tensors held alive while native code looks at them.</summary>
        internal readonly ref struct Handles
        {
            private readonly IList<Tensor> tensors;

            public Handles(IList<Tensor>? tensors)
            {
                this.tensors = tensors ?? [];
                Pointers = new nint[this.tensors.Count];
                var held = 0;
                try
                {
                    for (; held < Pointers.Length; held++) Pointers[held] = Hold(this.tensors[held]);
                }
                catch
                {
                    while (held > 0) this.tensors[--held]?.handle.DangerousRelease();
                    throw;
                }
            }

            public nint[] Pointers { get; }
            public int Count => Pointers.Length;

            public void Dispose()
            {
                foreach (var tensor in tensors) tensor?.handle.DangerousRelease();
            }

            private static nint Hold(Tensor? tensor)
            {
                if (tensor is null) return 0;
                var held = false;
                tensor.handle.DangerousAddRef(ref held);
                return tensor.handle.DangerousGetHandle();
            }
        }
    }
}
