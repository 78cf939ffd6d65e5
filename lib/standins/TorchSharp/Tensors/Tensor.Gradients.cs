using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The gradient gathered so far, or null.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.shim_grad(handle, out var gradient));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set
            {
                NativeMethods.Check(NativeMethods.shim_set_grad(handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(value);
            }
        }

        /// <summary>Adds this scalar's gradient to the <see cref="grad"/> of every leaf it was computed from.</summary>
        public void backward() => autograd.backward(this, grad_tensors: null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) => autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => Aten.Void("retain_grad", this);

        /// <summary>The same numbers outside the graph.</summary>
        public Tensor detach() => Aten.One("detach", this);

        public Tensor detach_() => Aten.InPlace("detach_", this);
    }
}
