using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>First values of parameters, written in place; PyTorch's formulas and its order of random draws.</summary>
        public static partial class init
        {
            public enum FanInOut
            {
                FanIn,
                FanOut,
            }

            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>The recommended gain of a nonlinearity; <paramref name="param"/> is a leaky ReLU's slope.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Filled("uniform_", tensor, low, high, generator);

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Filled("normal_", tensor, mean, std, generator);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var mode = no_grad();
                return Aten.InPlace("fill_.Scalar", tensor, val);
            }

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Uniform in ±gain·√(6 / (fan in + fan out)).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = gain * Math.Sqrt(6.0 / FanSum(tensor));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with deviation gain·√(2 / (fan in + fan out)).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) =>
                normal_(tensor, 0, gain * Math.Sqrt(2.0 / FanSum(tensor)));

            /// <summary>Uniform in ±gain·√(3 / fan).</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                                                  NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                if (tensor.numel() == 0) return tensor;
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with deviation gain / √fan.</summary>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                                                 NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                tensor.numel() == 0 ? tensor : normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Normal within [a, b], by inverting the distribution function at uniform draws.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0,
                                               Generator? generator = null)
            {
                using var mode = no_grad();
                var (low, high) = (Distribution((a - mean) / std), Distribution((b - mean) / std));
                uniform_(tensor, 2 * low - 1, 2 * high - 1, generator);
                Aten.InPlace("erfinv_", tensor);
                Aten.InPlace("mul_.Scalar", tensor, std * Math.Sqrt(2));
                Aten.InPlace("add_.Scalar", tensor, mean);
                return Aten.InPlace("clamp_", tensor, a, b);
            }

            /// <summary>How many inputs feed one output, and how many outputs one input feeds.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException(
                        $"A tensor should have two or more dimensions to have fans but has {shape.Length}.", nameof(tensor));
                var field = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            private static Tensor Filled(string op, Tensor tensor, double first, double second, Generator? generator)
            {
                using var mode = no_grad();
                return Aten.InPlace(op, tensor, first, second, generator);
            }

            private static double FanSum(Tensor tensor)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return fanIn + fanOut;
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double Distribution(double x)
            {
                using var argument = Aten.One("scalar_tensor", x / Math.Sqrt(2), ScalarType.Float64);
                using var erf = Aten.One("erf", argument);
                return (1 + BitConverter.Int64BitsToDouble(Aten.Plain("item", erf).Bits)) / 2;
            }
        }
    }
}
