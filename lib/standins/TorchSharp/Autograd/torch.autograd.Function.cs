namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>An operation whose gradient is user code. Derive from <see cref="SingleTensorFunction{T}"/> or its sibling.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private protected Function()
            {
            }

            internal static T Instance { get; } = new();

            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients);

            internal static List<Tensor> Apply(object[] vars) =>
                new FunctionCall(Instance.Name, Instance.Forward, Instance.Backward).Apply(vars);
        }

        /// <summary>An operation with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Calls <see cref="forward"/> without recording and makes <see cref="backward"/> its gradient.</summary>
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient per argument of <see cref="forward"/>; null for what is no tensor or needs none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => backward(ctx, gradients[0]);
        }

        /// <summary>An operation with several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient per argument of <see cref="forward"/>; null for what is no tensor or needs none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => backward(ctx, gradients);
        }
    }
}
