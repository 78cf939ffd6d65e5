using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done with gradients and parameters as a whole.</summary>
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients by max_norm / (norm + 1e-6) where that is below one, and gives their norm before. The 2-norm of
            /// dense CPU gradients is summed in double precision, in an order that does not depend on the number of threads.
            /// </summary>
            public static unsafe double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                Parameter[] parameters = [.. tensors];
                if (norm_type == 2)
                {
                    var handles = new nint[parameters.Length + 1];
                    for (var k = 0; k < parameters.Length; k++) handles[k] = parameters[k].Handle;
                    fixed (nint* pointers = handles)
                    {
                        var status = NativeMethods.shim_clip_gradients(parameters.Length, pointers, max_norm, out var norm, out var done);
                        NativeMethods.Check(status);
                        GC.KeepAlive(parameters);
                        if (done != 0) return norm;
                    }
                }
                return ClipWithOperators(parameters, max_norm, norm_type);
            }

            /// <summary>Limits every gradient's numbers to ±clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                foreach (var parameter in tensors)
                    if (Gradient.Of(parameter) is { } gradient) Aten.InPlace("clamp_", gradient, -clip_value, clip_value);
            }

            /// <summary>All parameters' numbers in one row.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                Tensor[] rows = [.. tensors.Select(parameter => Aten.One("reshape", parameter, new[] { -1L }))];
                return Aten.One("cat", rows, 0L).MoveToOuterDisposeScope();
            }

            /// <summary>The reverse of <see cref="parameters_to_vector"/>: copies the row into the parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                Parameter[] parameters = [.. tensors];
                var needed = parameters.Sum(parameter => parameter.numel());
                if (vec.numel() != needed)
                    throw new ArgumentException(
                        $"The vector should have the parameters' {needed} numbers but has {vec.numel()}.", nameof(vec));
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                long start = 0;
                foreach (var parameter in parameters)
                {
                    var part = Aten.One("slice.Tensor", vec, 0L, start, start += parameter.numel());
                    Aten.InPlace("copy_", parameter, Aten.One("reshape", part, parameter.shape));
                }
            }

            private static double ClipWithOperators(Parameter[] parameters, double max_norm, double norm_type)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                Tensor[] gradients = [.. parameters.Select(Gradient.Of).OfType<Tensor>()];
                if (gradients.Length == 0) return 0;
                var first = gradients[0].device;
                Tensor Norm(Tensor gradient) => Aten.One("linalg_vector_norm", gradient, norm_type, Value.None, false, ScalarType.Float64);
                Tensor[] norms = [.. gradients.Select(gradient => Aten.One("to.device", Norm(gradient), first, ScalarType.Float64))];
                var total = Aten.One("linalg_vector_norm", Aten.One("stack", norms, 0L), norm_type);
                var norm = BitConverter.Int64BitsToDouble(Aten.Plain("item", total).Bits);
                var factor = max_norm / (norm + 1e-6);
                if (factor >= 1) return norm;
                foreach (var gradient in gradients) Aten.InPlace("mul_.Scalar", gradient, factor);
                return norm;
            }
        }
    }
}
