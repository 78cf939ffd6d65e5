using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Aten.One("eq.Tensor", this, target);
        public Tensor eq(Scalar target) => Aten.One("eq.Scalar", this, target);
        public Tensor ne(Tensor target) => Aten.One("ne.Tensor", this, target);
        public Tensor ne(Scalar target) => Aten.One("ne.Scalar", this, target);
        public Tensor lt(Tensor target) => Aten.One("lt.Tensor", this, target);
        public Tensor lt(Scalar target) => Aten.One("lt.Scalar", this, target);
        public Tensor le(Tensor target) => Aten.One("le.Tensor", this, target);
        public Tensor le(Scalar target) => Aten.One("le.Scalar", this, target);
        public Tensor gt(Tensor target) => Aten.One("gt.Tensor", this, target);
        public Tensor gt(Scalar target) => Aten.One("gt.Scalar", this, target);
        public Tensor ge(Tensor target) => Aten.One("ge.Tensor", this, target);
        public Tensor ge(Scalar target) => Aten.One("ge.Scalar", this, target);

        public Tensor less(Tensor target) => Aten.One("less.Tensor", this, target);
        public Tensor less_equal(Tensor target) => Aten.One("less_equal.Tensor", this, target);
        public Tensor greater(Tensor target) => Aten.One("greater.Tensor", this, target);
        public Tensor greater_equal(Tensor target) => Aten.One("greater_equal.Tensor", this, target);
        public Tensor not_equal(Tensor target) => Aten.One("not_equal.Tensor", this, target);

        /// <summary>A bool scalar: same shape and same numbers.</summary>
        public Tensor equal(Tensor target) => Aten.Bool("equal", this, target);
        public bool allclose(Tensor target, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false) =>
            Aten.Bool("allclose", this, target, rtol, atol, equal_nan);
        public Tensor isclose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool nanEqual = false) =>
            Aten.One("isclose", this, other, rtol, atol, nanEqual);
        public Tensor isnan() => Aten.One("isnan", this);
        public Tensor isinf() => Aten.One("isinf", this);
        public Tensor isfinite() => Aten.One("isfinite", this);
        public Tensor isposinf() => Aten.One("isposinf", this);
        public Tensor isneginf() => Aten.One("isneginf", this);
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Aten.One("isin.Tensor_Tensor", this, test_elements, assumeUnique, invert);

        public Tensor logical_and(Tensor other) => Aten.One("logical_and", this, other);
        public Tensor logical_or(Tensor other) => Aten.One("logical_or", this, other);
        public Tensor logical_xor(Tensor other) => Aten.One("logical_xor", this, other);
        public Tensor logical_not() => Aten.One("logical_not", this);
        public Tensor bitwise_and(Tensor other) => Aten.One("bitwise_and.Tensor", this, other);
        public Tensor bitwise_or(Tensor other) => Aten.One("bitwise_or.Tensor", this, other);
        public Tensor bitwise_xor(Tensor other) => Aten.One("bitwise_xor.Tensor", this, other);
        public Tensor bitwise_not() => Aten.One("bitwise_not", this);
        public Tensor bitwise_left_shift(Tensor other) => Aten.One("bitwise_left_shift.Tensor", this, other);
        public Tensor bitwise_right_shift(Tensor other) => Aten.One("bitwise_right_shift.Tensor", this, other);
    }
}
