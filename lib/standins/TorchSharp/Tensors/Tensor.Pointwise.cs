using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>|x|.</summary>
        public Tensor abs() => Aten.One("abs", this);
        public Tensor abs_() => Aten.InPlace("abs_", this);
        public Tensor neg() => Aten.One("neg", this);
        public Tensor neg_() => Aten.InPlace("neg_", this);
        public Tensor sign() => Aten.One("sign", this);
        public Tensor sign_() => Aten.InPlace("sign_", this);
        public Tensor reciprocal() => Aten.One("reciprocal", this);
        public Tensor reciprocal_() => Aten.InPlace("reciprocal_", this);
        public Tensor square() => Aten.One("square", this);
        public Tensor exp() => Aten.One("exp", this);
        public Tensor exp_() => Aten.InPlace("exp_", this);
        public Tensor exp2() => Aten.One("exp2", this);

        /// <summary>input = mantissa · 2^exponent with mantissas from 0.5 to 1 and integer exponents.</summary>
        public (Tensor Mantissa, Tensor Exponent) frexp() => Aten.Two("frexp.Tensor", this);
        public Tensor expm1() => Aten.One("expm1", this);
        public Tensor expm1_() => Aten.InPlace("expm1_", this);
        public Tensor log() => Aten.One("log", this);
        public Tensor log_() => Aten.InPlace("log_", this);
        public Tensor log10() => Aten.One("log10", this);
        public Tensor log2() => Aten.One("log2", this);
        public Tensor log1p() => Aten.One("log1p", this);
        public Tensor log1p_() => Aten.InPlace("log1p_", this);
        public Tensor sqrt() => Aten.One("sqrt", this);
        public Tensor sqrt_() => Aten.InPlace("sqrt_", this);
        public Tensor rsqrt() => Aten.One("rsqrt", this);
        public Tensor rsqrt_() => Aten.InPlace("rsqrt_", this);
        public Tensor sin() => Aten.One("sin", this);
        public Tensor cos() => Aten.One("cos", this);
        public Tensor tan() => Aten.One("tan", this);
        public Tensor asin() => Aten.One("asin", this);
        public Tensor acos() => Aten.One("acos", this);
        public Tensor atan() => Aten.One("atan", this);
        public Tensor sinh() => Aten.One("sinh", this);
        public Tensor cosh() => Aten.One("cosh", this);
        public Tensor tanh() => Aten.One("tanh", this);
        public Tensor tanh_() => Aten.InPlace("tanh_", this);
        public Tensor sigmoid() => Aten.One("sigmoid", this);
        public Tensor sigmoid_() => Aten.InPlace("sigmoid_", this);
        public Tensor erf() => Aten.One("erf", this);
        public Tensor erf_() => Aten.InPlace("erf_", this);
        public Tensor erfc() => Aten.One("erfc", this);
        public Tensor erfinv() => Aten.One("erfinv", this);
        public Tensor lgamma() => Aten.One("lgamma", this);
        public Tensor digamma() => Aten.One("digamma", this);
        public Tensor floor() => Aten.One("floor", this);
        public Tensor floor_() => Aten.InPlace("floor_", this);
        public Tensor ceil() => Aten.One("ceil", this);
        public Tensor ceil_() => Aten.InPlace("ceil_", this);
        public Tensor trunc() => Aten.One("trunc", this);
        public Tensor trunc_() => Aten.InPlace("trunc_", this);
        public Tensor frac() => Aten.One("frac", this);
        public Tensor round(long decimals = 0) => Aten.One("round.decimals", this, decimals);
        public Tensor round_(long decimals = 0) => Aten.InPlace("round_.decimals", this, decimals);
        public Tensor logit(double? eps = null) => Aten.One("logit", this, eps);
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Aten.One("nan_to_num", this, nan, posinf, neginf);
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            Aten.InPlace("nan_to_num_", this, nan, posinf, neginf);

        public Tensor relu() => Aten.One("relu", this);
        public Tensor relu_() => Aten.InPlace("relu_", this);
        public Tensor silu() => Aten.One("silu", this);
        public Tensor silu_() => Aten.InPlace("silu_", this);
        public Tensor gelu() => Aten.One("gelu", this);
        public Tensor gelu_() => Aten.InPlace("gelu_", this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.One("softplus", this, beta, threshold);
        public Tensor log_sigmoid() => Aten.One("log_sigmoid", this);
        public Tensor leaky_relu(Scalar negative_slope) => Aten.One("leaky_relu", this, negative_slope);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.One("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.One("log_softmax.int", this, dim, dtype);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.One("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.One("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.InPlace("clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.InPlace("clamp_.Tensor", this, min, max);
        public Tensor clamp_min(Scalar min) => Aten.One("clamp_min", this, min);
        public Tensor clamp_min_(Scalar min) => Aten.InPlace("clamp_min_", this, min);
        public Tensor clamp_max(Scalar max) => Aten.One("clamp_max", this, max);
        public Tensor clamp_max_(Scalar max) => Aten.InPlace("clamp_max_", this, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => Aten.One("clip", this, min, max);
    }
}
