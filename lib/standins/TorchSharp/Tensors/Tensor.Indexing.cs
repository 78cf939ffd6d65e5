using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Aten.One("select.int", this, 0, i1);
            set => Assign(value, Singles([i1]));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Singles([i1, i2]));
            set => Assign(value, Singles([i1, i2]));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Singles([i1, i2, i3]));
            set => Assign(value, Singles([i1, i2, i3]));
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Singles(indices));
            set => Assign(value, Singles(indices));
        }

        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => Assign(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => Assign(value, Masks(indices));
        }

        /// <summary>What PyTorch's <c>x[…]</c> gives: a view for numbers and slices, a copy once an index tensor takes part.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, masks) = Sliced(indices);
            if (masks is null) return view;
            try
            {
                return Aten.One("index.Tensor", view, masks);
            }
            finally
            {
                Free(view, indices, masks);
            }
        }

        public Tensor index(params Tensor[] indices) => index(Masks(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Writes into the places that the indices name; with accumulate it adds there instead.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, masks) = Sliced(indices);
            try
            {
                if (masks is not null) Aten.InPlace("index_put_", view, masks, value, accumulate);
                else if (accumulate) view.add_(value);
                else Fill(view, value);
            }
            finally
            {
                Free(view, indices, masks);
            }
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Masks(indices));

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            index_put_(value, Masks(indices), accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = Number(value);
            return index_put_(number, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Masks(indices));

        private static TensorIndex[] Singles(long[] indices) => Array.ConvertAll(indices, static i => TensorIndex.Single(i));

        private static TensorIndex[] Masks(Tensor[] indices) =>
            Array.ConvertAll(indices, static i => i is null ? TensorIndex.Null : TensorIndex.Tensor(i));

        private Tensor Number(Scalar value) => Aten.One("scalar_tensor", value, dtype, Value.None, device);

        private void Assign(Tensor value, TensorIndex[] indices) => index_put_(value, indices);

        // PyTorch lets the value have more leading dimensions of size one than the place it goes to.
        private static void Fill(Tensor view, Tensor value)
        {
            var extra = value.ndim - view.ndim;
            var sizes = value.shape;
            if (extra <= 0 || sizes.AsSpan(0, (int)extra).ContainsAnyExcept(1L))
            {
                view.copy_(value);
                return;
            }
            using var same = value.view(sizes[(int)extra..]);
            view.copy_(same);
        }

        /// <summary>Applies everything but index tensors, which come back as one entry per dimension of the view, or null.</summary>
        private (Tensor View, Tensor?[]? Masks) Sliced(TensorIndex[] indices)
        {
            var view = alias();
            try
            {
                List<Tensor?>? masks = null;
                var dim = 0;
                foreach (var index in indices)
                {
                    switch (index.Type)
                    {
                        case TensorIndex.Kind.None:
                            Step(ref view, v => v.unsqueeze(dim));
                            dim++;
                            break;
                        case TensorIndex.Kind.Single:
                            Step(ref view, v => v.select(dim, index.Start ?? 0));
                            break;
                        case TensorIndex.Kind.Slice:
                            if (index.Start is not null || index.Stop is not null || index.Step is not null)
                                Step(ref view, v => Aten.One("slice.Tensor", v, dim, index.Start, index.Stop, index.Step ?? 1));
                            else if (dim >= view.ndim) throw TooMany(indices);
                            dim++;
                            break;
                        case TensorIndex.Kind.Ellipsis:
                            dim += (int)view.ndim - dim - indices.Skip(Array.IndexOf(indices, index) + 1).Sum(Consumes);
                            break;
                        default:
                            dim = Mask(ref view, index, ref masks, dim);
                            break;
                    }
                }
                if (masks is not null && masks.Count > view.ndim) throw TooMany(indices);
                return (view, masks?.ToArray());
            }
            catch
            {
                view.Dispose();
                throw;
            }
        }

        private static int Mask(ref Tensor view, TensorIndex index, ref List<Tensor?>? masks, int dim)
        {
            var mask = index.Mask;
            if (index.Type == TensorIndex.Kind.Bool)
            {
                Step(ref view, v => v.unsqueeze(dim));
                mask = Aten.One("full", new long[] { 1 }, index.Start ?? 0, ScalarType.Bool, Value.None, view.device);
            }
            masks ??= [];
            while (masks.Count < dim) masks.Add(null);
            masks.Add(mask);
            return dim + (int)(mask!.dtype is ScalarType.Bool or ScalarType.Byte ? mask.ndim : 1);
        }

        private static int Consumes(TensorIndex index) => index.Type switch
        {
            TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
            TensorIndex.Kind.Tensor => index.Mask!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index.Mask.ndim : 1,
            _ => 0,
        };

        private static void Step(ref Tensor view, Func<Tensor, Tensor> step)
        {
            var next = step(view);
            view.Dispose();
            view = next;
        }

        private IndexOutOfRangeException TooMany(TensorIndex[] indices) =>
            new($"too many indices for tensor of dimension {ndim}: {indices.Length} came");

        private static void Free(Tensor view, TensorIndex[] indices, Tensor?[]? masks)
        {
            view.Dispose();
            foreach (var mask in masks ?? [])
                if (mask is not null && Array.TrueForAll(indices, i => !ReferenceEquals(i.Mask, mask))) mask.Dispose();
        }
    }
}
