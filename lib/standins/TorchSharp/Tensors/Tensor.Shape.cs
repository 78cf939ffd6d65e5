using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Aten.One("view", this, shape);
        public Tensor view_as(Tensor other) => Aten.One("view_as", this, other);
        public Tensor reshape(params long[] shape) => Aten.One("reshape", this, shape);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.One("flatten.using_ints", this, start_dim, end_dim);
        public Tensor unflatten(long dim, params long[] sizes) => Aten.One("unflatten.int", this, dim, sizes);
        public Tensor ravel() => Aten.One("ravel", this);
        public Tensor permute(params long[] permutation) => Aten.One("permute", this, permutation);
        public Tensor transpose(long dim0, long dim1) => Aten.One("transpose.int", this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Aten.InPlace("transpose_", this, dim0, dim1);
        public Tensor swapaxes(long dim0, long dim1) => Aten.One("swapaxes", this, dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => Aten.One("swapdims", this, dim0, dim1);
        public Tensor movedim(long[] source, long[] destination) => Aten.One("movedim.intlist", this, source, destination);
        public Tensor moveaxis(long[] source, long[] destination) => Aten.One("moveaxis.intlist", this, source, destination);
        public Tensor t() => Aten.One("t", this);
        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.One("squeeze.dim", this, one) : Aten.One("squeeze", this);
        public Tensor squeeze_(long? dim = null) =>
            dim is { } one ? Aten.InPlace("squeeze_.dim", this, one) : Aten.InPlace("squeeze_", this);
        public Tensor unsqueeze(long dim) => Aten.One("unsqueeze", this, dim);
        public Tensor unsqueeze_(long dim) => Aten.InPlace("unsqueeze_", this, dim);
        public Tensor expand(params long[] sizes) => Aten.One("expand", this, sizes);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.One("expand", this, sizes, isImplicit);
        public Tensor expand_as(Tensor other) => Aten.One("expand_as", this, other);
        public Tensor broadcast_to(params long[] shape) => Aten.One("broadcast_to", this, shape);
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Aten.One("as_strided", this, size, strides, storageOffset);
        public Tensor unfold(long dimension, long size, long step) => Aten.One("unfold", this, dimension, size, step);

        public Tensor repeat(params long[] sizes) => Aten.One("repeat", this, sizes);
        public Tensor tile(long[] reps) => Aten.One("tile", this, reps);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.One("repeat_interleave.self_int", this, repeats, dim, output_size);
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Aten.One("repeat_interleave.self_Tensor", this, repeats, dim, output_size);
        public Tensor roll(long shifts, long? dims = null) => roll([shifts], dims is { } dim ? [dim] : []);
        public Tensor roll(long[] shifts, long[] dims) => Aten.One("roll", this, shifts, dims);
        public Tensor flip(params long[] dims) => Aten.One("flip", this, dims);
        public Tensor fliplr() => Aten.One("fliplr", this);
        public Tensor flipud() => Aten.One("flipud", this);

        public Tensor narrow(long dim, long start, long length) => Aten.One("narrow", this, dim, start, length);
        public Tensor select(long dim, long index) => Aten.One("select.int", this, dim, index);
        public Tensor slice(long dim, long start, long finish, long step) => Aten.One("slice.Tensor", this, dim, start, finish, step);
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.Many("chunk", this, Parts(chunks), dim);
        public Tensor[] split(long size, int dim = 0) => Aten.Many("split.Tensor", this, size, dim);
        public Tensor[] split(params long[] sizes) => Aten.Many("split_with_sizes", this, sizes);
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.Many("split_with_sizes", this, sizes, dim);
        public Tensor[] tensor_split(long size, long dim = 0) => Aten.Many("tensor_split.sections", this, Parts(size), dim);
        public Tensor[] unbind(long dimension = 0) => Aten.Many("unbind.int", this, dimension);

        public Tensor tril(long diagonal = 0) => Aten.One("tril", this, diagonal);
        public Tensor tril_(long diagonal = 0) => Aten.InPlace("tril_", this, diagonal);
        public Tensor triu(long diagonal = 0) => Aten.One("triu", this, diagonal);
        public Tensor triu_(long diagonal = 0) => Aten.InPlace("triu_", this, diagonal);
        public Tensor diag(long diagonal = 0) => Aten.One("diag", this, diagonal);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Aten.One("diagonal", this, offset, dim1, dim2);
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Aten.One("diag_embed", this, offset, dim1, dim2);
        public Tensor diagflat(long offset = 0) => Aten.One("diagflat", this, offset);
        public Tensor trace() => Aten.One("trace", this);

        public Tensor contiguous() => Aten.One("contiguous", this);
        public Tensor clone() => Aten.One("clone", this);

        /// <summary>The last two dimensions swapped.</summary>
        public Tensor mT => Aten.One("mT", this);

        /// <summary>All dimensions reversed.</summary>
        public Tensor T => Aten.One("numpy_T", this);

        // LibTorch makes room for every part that is asked for, even of an empty dimension, and would be at it for hours.
        private static long Parts(long count) => count <= 1 << 16 ? count : throw new ArgumentOutOfRangeException(nameof(count),
            count, "At most 65,536 parts can be asked for.");
    }
}
