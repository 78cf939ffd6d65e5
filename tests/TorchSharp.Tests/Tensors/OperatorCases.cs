namespace TorchSharp.Tests.Tensors;

/// <summary>The C# side of Fixtures/operators.json: the same names, each a function of the case's inputs.</summary>
internal static partial class OperatorCases
{
    private delegate torch.Tensor[] Many(torch.Tensor[] t);

    public static SortedDictionary<string, Func<torch.Tensor[], torch.Tensor[]>> All { get; } = Collect();

    private static SortedDictionary<string, Func<torch.Tensor[], torch.Tensor[]>> Collect()
    {
        var all = new SortedDictionary<string, Func<torch.Tensor[], torch.Tensor[]>>(StringComparer.Ordinal);
        foreach (var family in new[] { Pointwise, Arithmetic, Comparison, Reductions, Shapes, Selection, Indexing, Products, Creation })
            foreach (var (name, function) in family) all.Add(name, t => function(t));
        return all;
    }

    private static torch.Tensor[] Two((torch.Tensor, torch.Tensor) pair) => [pair.Item1, pair.Item2];

    private static torch.Tensor[] Given((torch.Tensor, torch.Tensor?, torch.Tensor?) results) =>
        [.. new[] { results.Item1, results.Item2, results.Item3 }.OfType<torch.Tensor>()];
}
