using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Aten.One("cat", List(tensors), dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.One("cat", tensors, dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Aten.One("cat", tensors.ToArray(), dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.One("stack", List(tensors), dim);
    public static Tensor hstack(params Tensor[] tensors) => Aten.One("hstack", tensors);
    public static Tensor vstack(Tensor[] tensors) => Aten.One("vstack", tensors);

    /// <summary>Sums of products, "bij,bjk-&gt;bik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.One("einsum", equation, tensors);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Aten.Many("broadcast_tensors", tensors);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Aten.Many("meshgrid.indexing", List(tensors), indexing);

    /// <summary>x where the condition holds, else y.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.One("where.self", condition, x, y);

    /// <summary>The indices of the true places, one tensor per dimension.</summary>
    public static Tensor[] where(Tensor condition) => Aten.Many("where", condition);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false,
        Tensor? sorter = null) => Aten.One("searchsorted.Tensor", sorted_sequence, values, out_int32, right, Value.None, sorter);


    internal static Tensor[] List(IEnumerable<Tensor> tensors) => tensors as Tensor[] ?? [.. tensors];
}
