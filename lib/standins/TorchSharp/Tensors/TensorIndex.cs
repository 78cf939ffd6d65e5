namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of an index expression: a number, a slice, None (a new dimension), an ellipsis, a bool or a tensor.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None, Single, Slice, Ellipsis, Bool, Tensor,
        }

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex None = new(Kind.None);

        /// <summary>In a list of index tensors: this dimension is not indexed.</summary>
        public static TensorIndex Null = new(Kind.Slice);

        /// <summary>As many full slices as are needed.</summary>
        public static TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon = new(Kind.Slice);

        private TensorIndex(Kind kind) => Type = kind;

        internal Kind Type { get; }
        internal long? Start { get; private init; }
        internal long? Stop { get; private init; }
        internal long? Step { get; private init; }
        internal Tensor? Mask { get; private init; }

        public static TensorIndex Single(long? index) => new(Kind.Single) { Start = index };

        public static TensorIndex Bool(bool value) => new(Kind.Bool) { Start = value ? 1 : 0 };

        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor) { Mask = tensor };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(Kind.Slice) { Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(Place(range.Start), range.End.Equals(^0) ? null : Place(range.End));

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex(Index index) => Single(Place(index));
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        private static long Place(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
