using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

internal static partial class OperatorCases
{
    private static Dictionary<string, Many> Selection => new(StringComparer.Ordinal)
    {
        ["index_select"] = t => [t[0].index_select(0, t[1])],
        ["gather"] = t => [t[0].gather(1, t[1])],
        ["take"] = t => [t[0].take(t[1])],
        ["take_along_dim"] = t => [t[0].take_along_dim(t[0].argsort(1), 1)],
        ["take_along_dim.flat"] = t => [t[0].take_along_dim(t[1])],
        ["scatter"] = t => [t[0].scatter(1, Distinct, t[1])],
        ["scatter_"] = t => [t[0].clone().scatter_(1, Distinct, t[1])],
        ["scatter_add"] = t => [t[0].scatter_add(1, t[1], t[2])],
        ["scatter_add_"] = t => [t[0].clone().scatter_add_(1, t[1], t[2])],
        ["index_add"] = t => [t[0].index_add(0, t[1], t[2], 2)],
        ["index_add_"] = t => [t[0].clone().index_add_(0, t[1], t[2], -1)],
        ["index_copy"] = t => [t[0].index_copy(0, tensor(new long[] { 3, 0, 2 }), t[1])],
        ["index_copy_"] = t => [t[0].clone().index_copy_(0, tensor(new long[] { 3, 0, 2 }), t[1])],
        ["index_fill"] = t => [t[0].index_fill(0, t[1], 7)],
        ["index_fill_"] = t => [t[0].clone().index_fill_(0, t[1], 7)],
        ["select_scatter"] = t => [t[0].select_scatter(t[1], 0, 1)],
        ["slice_scatter"] = t => [t[0].slice_scatter(t[1], 0, 1, 3)],
        ["masked_fill"] = t => [t[0].masked_fill(t[1], -5)],
        ["masked_fill_"] = t => [t[0].clone().masked_fill_(t[1], double.NegativeInfinity)],
        ["masked_scatter"] = t => [t[0].masked_scatter(t[1], t[2])],
        ["masked_scatter_"] = t => [t[0].clone().masked_scatter_(t[1], t[2])],
        ["masked_select"] = t => [t[0].masked_select(t[1])],
        ["where"] = t => [where(t[0], t[1], t[2])],
        ["where.places"] = t => where(t[0]),
        ["nonzero"] = t => [t[0].nonzero()],
        ["argwhere"] = t => [t[0].argwhere()],
        ["sort"] = t => Two(t[0].sort(1, descending: true)),
        ["argsort"] = t => [t[0].argsort(0)],
        ["msort"] = t => [t[0].msort()],
        ["topk"] = t => Two(t[0].topk(2, 1)),
        ["topk.smallest"] = t => Two(t[0].topk(2, 0, largest: false)),
        ["bucketize"] = t => [t[0].detach().bucketize(tensor(new[] { -1.0, 0, 1 }, t[0].dtype), right: true)],
        ["searchsorted"] = t => [searchsorted(tensor(new[] { -1.0, 0, 1 }, t[0].dtype), t[0].detach())],
        ["unique"] = t => Given(t[0].unique(return_inverse: true, return_counts: true)),
        ["unique.dim"] = t => Given(t[0].unique(dim: 0)),
        ["unique_consecutive"] = t => Given(t[0].unique_consecutive(return_counts: true)),
        ["copy_"] = t => [t[0].clone().copy_(t[1])],
        ["fill_"] = t => [t[0].clone().fill_(3)],
        ["zero_"] = t => [t[0].clone().zero_()],
    };

    private static Dictionary<string, Many> Indexing => new(StringComparer.Ordinal)
    {
        ["index.long"] = t => [t[0][1]],
        ["index.longs"] = t => [t[0][1, -1]],
        ["index.all_longs"] = t => [t[0][1, 2, 3]],
        ["index.range"] = t => [t[0][1..4, ^2..]],
        ["index.step"] = t => [t[0][TensorIndex.Slice(1, step: 3)]],
        ["index.ellipsis"] = t => [t[0][TensorIndex.Ellipsis, 1]],
        ["index.ellipsis_middle"] = t => [t[0][0, TensorIndex.Ellipsis, 1..3]],
        ["index.none"] = t => [t[0][TensorIndex.Colon, TensorIndex.None, 1]],
        ["index.bool"] = t => [t[0][TensorIndex.Bool(true)]],
        ["index.mask"] = t => [t[0][t[1]]],
        ["index.row_mask"] = t => [t[0][TensorIndex.Tensor(t[1]), 1..]],
        ["index.tensor"] = t => [t[0][t[1]]],
        ["index.tensors"] = t => [t[0][t[1], t[2]]],
        ["index.tensor_then_slice"] = t => [t[0][TensorIndex.Tensor(t[1]), 1..3, TensorIndex.Tensor(t[2])]],
        ["index.column_of_tensor"] = t => [t[0][.., TensorIndex.Tensor(t[1])]],
        ["index.number_and_tensor"] = t => [t[0][1, .., TensorIndex.Tensor(t[1])]],
        ["put.long"] = t => [Put(t[0], x => x[1] = t[1])],
        ["put.longs"] = t => [Put(t[0], x => x[2, 3] = 9.0)],
        ["put.slice"] = t => [Put(t[0], x => x[.., 1..3] = t[1])],
        ["put.leading_ones"] = t => [Put(t[0], x => x[0..2] = t[1])],
        ["put.mask"] = t => [Put(t[0], x => x[t[1]] = -1.0)],
        ["put.tensor"] = t => [Put(t[0], x => x[tensor(new long[] { 4, 1 })] = t[1])],
        ["put.accumulate"] = t => [t[0].clone().index_put_(t[2], new[] { t[1] }, accumulate: true)],
    };

    private static Tensor Distinct => tensor(new long[,] { { 2, 0, 1 }, { 1, 3, 0 } });

    private static Tensor Put(Tensor x, Action<Tensor> assign)
    {
        var changed = x.clone();
        assign(changed);
        return changed;
    }
}
