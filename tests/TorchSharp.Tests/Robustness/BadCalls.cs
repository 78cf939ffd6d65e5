using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Robustness;

/// <summary>Calls of random operators with random arguments, most of them wrong: shapes, types, indices, disposed tensors.</summary>
internal sealed class BadCalls(int seed)
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float32, ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Int32, ScalarType.Bool,
        ScalarType.BFloat16,
    ];

    private static readonly string[] Equations = ["ij,jk->ik", "ij,ij", "bij,bjk", "i", "ij->", "..., ...", "ii,jj->ij", "~", "ij,jk->iz"];

    private static readonly long[] Absurd = [long.MinValue, -1L << 40, -100, 100, int.MaxValue, 1L << 40, long.MaxValue - 1, long.MaxValue];

    private static readonly (string Name, Action<BadCalls> Call)[] Calls =
    [
        ("add", c => _ = c.T + c.T), ("sub", c => c.T.sub(c.T)), ("mul_", c => c.T.mul_(c.T)),
        ("div", c => c.T.div(c.T, RoundingMode.floor)), ("pow", c => c.T.pow(c.T)), ("remainder", c => c.T.remainder(c.T)),
        ("scalar", c => _ = (c.T + c.D) * c.D / c.L), ("maximum", c => maximum(c.T, c.T)), ("lerp", c => c.T.lerp(c.T, c.T)),
        ("addcmul", c => c.T.addcmul(c.T, c.T, c.D)), ("addcdiv_", c => c.T.addcdiv_(c.T, c.T, c.D)),
        ("clamp", c => c.T.clamp(c.T, c.T)), ("eq", c => _ = c.T == c.T), ("lt", c => _ = c.T < c.D), ("and", c => _ = c.T & c.T),
        ("shift", c => c.T.bitwise_left_shift(c.T)), ("not", c => _ = ~c.T), ("exp", c => c.T.exp().log_().sqrt()),
        ("gelu", c => c.T.gelu().silu().relu_()), ("erfinv", c => c.T.erfinv().digamma()), ("softmax", c => c.T.softmax(c.L)),
        ("log_softmax", c => c.T.log_softmax(c.L, c.Type)), ("round", c => c.T.round(c.L)),
        ("sum", c => c.T.sum(c.Ls, c.B, c.Type)), ("mean", c => c.T.mean(c.Ls)), ("prod", c => c.T.prod(c.L)),
        ("std", c => c.T.std(c.L)), ("var", c => c.T.var(c.Ls, c.B)), ("max", c => c.T.max(c.L)), ("argmax", c => c.T.argmax(c.L)),
        ("amax", c => c.T.amax(c.Ls)), ("median", c => c.T.median()), ("quantile", c => c.T.quantile(c.T, c.L)),
        ("kthvalue", c => c.T.kthvalue(c.L, c.L)), ("all", c => c.T.all(c.L)), ("count_nonzero", c => c.T.count_nonzero(c.Ls)),
        ("cumsum", c => c.T.cumsum(c.L)), ("cummax", c => c.T.cummax(c.L)), ("cumprod", c => c.T.cumprod(c.L)),
        ("logsumexp", c => c.T.logsumexp(c.L)), ("diff", c => c.T.diff(c.Small, c.L)), ("norm", c => c.T.norm((float)c.D)),
        ("histc", c => c.T.histc(c.Small, -2, 2)), ("bincount", c => c.T.clamp(max: 50).bincount(c.T, c.Small)),
        ("mode", c => c.T.mode(c.L)), ("view", c => c.T.view(c.Ls)), ("reshape", c => c.T.reshape(c.Ls)),
        ("flatten", c => c.T.flatten(c.L, c.L)), ("unflatten", c => c.T.unflatten(c.L, c.Ls)), ("permute", c => c.T.permute(c.Ls)),
        ("transpose", c => c.T.transpose(c.L, c.L)), ("transpose_", c => c.T.transpose_(c.L, c.L)),
        ("movedim", c => c.T.movedim(c.Ls, c.Ls)), ("t", c => c.T.t()), ("mT", c => _ = c.T.mT), ("squeeze", c => c.T.squeeze(c.L)),
        ("unsqueeze", c => c.T.unsqueeze(c.L)), ("expand", c => c.T.expand(c.Ls)),
        ("as_strided", c => c.T.as_strided(c.Ls, c.Ls, c.L)), ("unfold", c => c.T.unfold(c.L, c.L, c.L)),
        ("repeat", c => c.T.repeat(c.Smalls)), ("tile", c => c.T.tile(c.Smalls)),
        ("repeat_interleave", c => c.T.repeat_interleave(c.Small, c.L)),
        ("repeat_interleave.Tensor", c => c.T.repeat_interleave(c.T.clamp(max: 9), c.L)), ("roll", c => c.T.roll(c.L, c.L)),
        ("rolls", c => c.T.roll(c.Ls, c.Ls)), ("flip", c => c.T.flip(c.Ls)), ("narrow", c => c.T.narrow(c.L, c.L, c.L)),
        ("select", c => c.T.select(c.L, c.L)), ("slice", c => c.T.slice(c.L, c.L, c.L, c.L)), ("chunk", c => c.T.chunk(c.L, c.L)),
        ("split", c => c.T.split(c.L, (int)c.Small)), ("splits", c => c.T.split(c.Ls, c.L)),
        ("tensor_split", c => c.T.tensor_split(c.Small, c.L)), ("unbind", c => c.T.unbind(c.L)), ("tril", c => c.T.tril(c.L)),
        ("triu_", c => c.T.triu_(c.L)), ("diag", c => c.T.diag(c.Small)), ("diagonal", c => c.T.diagonal(c.L, c.L, c.L)),
        ("diag_embed", c => c.T.diag_embed(c.Small, c.L, c.L)), ("trace", c => c.T.trace()),
        ("cat", c => cat([c.T, c.T, c.T], c.L)), ("stack", c => stack([c.T, c.T], c.L)),
        ("no_tensors", c => cat(Array.Empty<Tensor>())), ("hstack", c => hstack(c.T, c.T)),
        ("einsum", c => einsum(c.Equation, c.T, c.T)), ("broadcast", c => broadcast_tensors(c.T, c.T)),
        ("meshgrid", c => meshgrid([c.T, c.T], "no")), ("where", c => where(c.T, c.T, c.T)),
        ("searchsorted", c => searchsorted(c.T, c.T)), ("index", c => _ = c.T[c.L]), ("index2", c => _ = c.T[c.L, c.L]),
        ("indices", c => _ = c.T[c.Ls]), ("mask", c => _ = c.T[c.T]), ("masks", c => _ = c.T[c.T, c.T]),
        ("mixed", c => _ = c.T[c.Index, c.Index, c.Index]), ("put", c => c.T[c.L] = c.T),
        ("put_mixed", c => c.T[c.Index, c.Index] = c.T), ("put_mask", c => c.T[c.T] = c.T),
        ("put_number", c => c.T.index_put_(c.D, c.Index)),
        ("accumulate", c => c.T.index_put_(c.T, new[] { c.T, c.T }, accumulate: true)),
        ("index_select", c => c.T.index_select(c.L, c.T)), ("gather", c => c.T.gather(c.L, c.T)), ("take", c => c.T.take(c.T)),
        ("take_along_dim", c => c.T.take_along_dim(c.T, c.L)), ("scatter", c => c.T.scatter(c.L, c.T, c.T)),
        ("scatter_add_", c => c.T.scatter_add_(c.L, c.T, c.T)), ("index_add_", c => c.T.index_add_(c.L, c.T, c.T, c.D)),
        ("index_copy_", c => c.T.index_copy_(c.L, c.T, c.T)), ("index_fill_", c => c.T.index_fill_(c.L, c.T, c.D)),
        ("select_scatter", c => c.T.select_scatter(c.T, c.L, c.L)),
        ("slice_scatter", c => c.T.slice_scatter(c.T, c.L, c.L, c.L, c.L)), ("masked_fill_", c => c.T.masked_fill_(c.T, c.D)),
        ("masked_scatter", c => c.T.masked_scatter(c.T, c.T)), ("masked_select", c => c.T.masked_select(c.T)),
        ("nonzero", c => c.T.nonzero()), ("sort", c => c.T.sort(c.L, c.B)), ("topk", c => c.T.topk((int)c.L, (int)c.Small)),
        ("argsort", c => c.T.argsort(c.L)), ("bucketize", c => c.T.bucketize(c.T)), ("unique", c => c.T.unique(dim: (int)c.Small)),
        ("unique_flat", c => c.T.unique()), ("copy_", c => c.T.copy_(c.T)), ("fill_", c => c.T.fill_(c.D)),
        ("matmul", c => c.T.matmul(c.T)), ("mm", c => c.T.mm(c.T)), ("bmm", c => c.T.bmm(c.T)), ("mv", c => c.T.mv(c.T)),
        ("dot", c => c.T.dot(c.T)), ("outer", c => c.T.outer(c.T)), ("addmm", c => c.T.addmm(c.T, c.T)),
        ("addmm_", c => c.T.addmm_(c.T, c.T)), ("addmv", c => c.T.addmv(c.T, c.T)), ("baddbmm", c => c.T.baddbmm(c.T, c.T)),
        ("tensordot", c => c.T.tensordot(c.T, c.Ls, c.Ls)), ("kron", c => c.T.kron(c.T)), ("det", c => c.T.det()),
        ("inverse", c => c.T.inverse()), ("cholesky", c => linalg.cholesky(c.T)), ("qr", c => linalg.qr(c.T)),
        ("svd", c => linalg.svd(c.T)), ("eigh", c => linalg.eigh(c.T)), ("solve", c => linalg.solve(c.T, c.T)),
        ("lstsq", c => linalg.lstsq(c.T, c.T)), ("linalg.norm", c => linalg.norm(c.T, c.D, c.Ls)),
        ("matrix_norm", c => linalg.matrix_norm(c.T, "nuc", c.Ls)), ("matrix_power", c => c.T.matrix_power((int)c.Small)),
        ("triangular", c => linalg.solve_triangular(c.T, c.T, c.B)), ("zeros", c => zeros(c.Sizes, c.Type)),
        ("full", c => full(c.Sizes, c.D, c.Type)), ("rand", c => rand(c.Sizes, c.Type)),
        ("randint", c => randint(c.L, c.L, c.Smalls)), ("randperm", c => randperm(c.Small, c.Type)),
        ("arange", c => arange(c.Small, c.Small, c.D)), ("linspace", c => linspace(c.D, c.D, c.Small)),
        ("eye", c => eye(c.Small, c.Small)), ("tensor", c => tensor(new[] { 1f, 2, 3, 4 }, c.Ls)),
        ("normal", c => normal(c.D, c.D, c.Smalls)), ("multinomial", c => c.T.multinomial(c.Small)),
        ("bernoulli", c => c.T.bernoulli()), ("uniform_", c => c.T.uniform_(c.D, c.D)),
        ("random_", c => c.T.random_(c.Small, c.Small)), ("exponential_", c => c.T.exponential_(c.D)),
        ("to", c => c.T.to(c.Type ?? ScalarType.Byte).to(META).to(CPU)), ("cuda", c => c.T.to(new Device(DeviceType.CUDA, 99))),
        ("item", c => c.T.item<float>()), ("data", c => c.T.data<long>().ToArray()), ("number", c => _ = c.T.data<float>()[c.Ls]),
        ("scalar_of", c => c.T.ToDouble()), ("text", c => c.T.str()), ("requires_grad", c => c.T.requires_grad = c.B),
        ("grad", c => c.T.grad = c.T), ("backward", c => (c.Leaf * c.T).backward()),
        ("backward_sum", c => c.Leaf.matmul(c.T).sum().backward()), ("gradients", c => autograd.grad([c.Leaf], [c.T], [c.T])),
        ("null", c => c.T.add((Tensor)null!)), ("null_list", c => stack([c.T, null!])), ("load", _ => load("no such file")),
        ("leaf_in_place", c => c.Leaf.add_(1)),
    ];

    private readonly Random random = new(seed);

    /// <summary>The operator called last, for the one who looks for the cause of a crash.</summary>
    public string Last { get; private set; } = "";

    /// <summary>One call; gives whether it was refused. Only exceptions that a caller could expect are caught.</summary>
    public bool Next()
    {
        var (name, call) = Calls[random.Next(Calls.Length)];
        Last = name;
        using var scope = NewDisposeScope();
        try
        {
            call(this);
            return false;
        }
        catch (Exception error) when (error is ExternalException or ArgumentException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            return true;
        }
    }

    private Tensor T
    {
        get
        {
            var tensor = ones(Shape(), Types[random.Next(Types.Length)]);
            if (random.Next(3) == 0) tensor = tensor.cumsum(0).to(tensor.dtype);
            if (random.Next(8) == 0) tensor = tensor.transpose(0, -1);
            if (random.Next(30) == 0) tensor.Dispose();
            return tensor;
        }
    }

    private Tensor Leaf => ones(Shape()).requires_grad_();
    private bool B => random.Next(2) == 0;
    private double D => random.Next(6) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -1e300,
        3 => 0,
        _ => random.NextDouble() * 4 - 2,
    };
    private long L => random.Next(4) == 0 ? Absurd[random.Next(Absurd.Length)] : random.Next(-4, 5);
    private long Small => random.Next(-3, 6);
    private long[] Ls => Many(() => L);
    private long[] Smalls => Many(() => Small);
    private ScalarType? Type => random.Next(3) == 0 ? null : Types[random.Next(Types.Length)];
    private string Equation => Equations[random.Next(Equations.Length)];

    // Sizes that could be had but are large would fill the machine's memory; the absurd ones are refused outright.
    private long[] Sizes => Many(() => random.Next(6) == 0 ? Absurd[random.Next(2) == 0 ? 0 : ^1] : Small);

    private TensorIndex Index => random.Next(8) switch
    {
        0 => TensorIndex.None,
        1 => TensorIndex.Ellipsis,
        2 => TensorIndex.Colon,
        3 => TensorIndex.Bool(B),
        4 => TensorIndex.Slice(L, L, L),
        5 => TensorIndex.Tensor(T),
        _ => TensorIndex.Single(L),
    };

    private long[] Shape() => Many(() => random.Next(5));

    private long[] Many(Func<long> draw)
    {
        var numbers = new long[random.Next(5)];
        for (var k = 0; k < numbers.Length; k++) numbers[k] = draw();
        return numbers;
    }
}
