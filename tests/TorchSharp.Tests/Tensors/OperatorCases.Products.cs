using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

internal static partial class OperatorCases
{
    private static Dictionary<string, Many> Products => new(StringComparer.Ordinal)
    {
        ["matmul"] = t => [matmul(t[0], t[1])],
        ["mm"] = t => [mm(t[0], t[1])],
        ["bmm"] = t => [bmm(t[0], t[1])],
        ["mv"] = t => [mv(t[0], t[1])],
        ["dot"] = t => [dot(t[0], t[1])],
        ["vdot"] = t => [vdot(t[0], t[1])],
        ["inner"] = t => [inner(t[0], t[1])],
        ["outer"] = t => [outer(t[0], t[1])],
        ["addmm"] = t => [t[0].addmm(t[1], t[2], 0.5f, 2)],
        ["addmm_"] = t => [t[0].clone().addmm_(t[1], t[2])],
        ["addmv"] = t => [t[0].addmv(t[1], t[2])],
        ["addbmm"] = t => [t[0].addbmm(t[1], t[2])],
        ["baddbmm"] = t => [t[0].baddbmm(t[1], t[2], 0.5f, 2)],
        ["tensordot"] = t => [t[0].tensordot(t[1], [2, 1], [0, 1])],
        ["kron"] = t => [t[0].kron(t[1])],
        ["det"] = t => [t[0].det()],
        ["logdet"] = t => [t[0].logdet()],
        ["inverse"] = t => [t[0].inverse()],
        ["cholesky"] = t => [t[0].cholesky()],
        ["matrix_exp"] = t => [t[0].matrix_exp()],
        ["matrix_power"] = t => [t[0].matrix_power(3)],
        ["linalg.slogdet"] = t => Two(linalg.slogdet(t[0])),
        ["linalg.pinv"] = t => [linalg.pinv(t[0])],
        ["linalg.solve"] = t => [linalg.solve(t[0], t[1])],
        ["linalg.solve_triangular"] = t => [linalg.solve_triangular(t[0].tril(), t[1], upper: false)],
        ["linalg.lstsq"] = t => [linalg.lstsq(t[0], t[1]).Solution],
        ["linalg.eigh"] = t => [linalg.eigh(t[0]).Item1],
        ["linalg.eigvalsh"] = t => [linalg.eigvalsh(t[0])],
        ["linalg.svd"] = t => [linalg.svd(t[0], fullMatrices: false).S],
        ["linalg.svdvals"] = t => [linalg.svdvals(t[0])],
        ["linalg.qr"] = t => Two(linalg.qr(t[0])).Select(f => f.abs()).ToArray(),
        ["linalg.norm"] = t => [linalg.norm(t[0])],
        ["linalg.norm.ord"] = t => [linalg.norm(t[0], 1.0)],
        ["linalg.norm.nuc"] = t => [linalg.norm(t[0], "nuc")],
        ["linalg.vector_norm"] = t => [linalg.vector_norm(t[0], 3, [1])],
        ["linalg.matrix_norm"] = t => [linalg.matrix_norm(t[0])],
        ["linalg.matrix_norm.ord"] = t => [linalg.matrix_norm(t[0], 2.0)],
        ["linalg.matrix_rank"] = t => [linalg.matrix_rank(t[0].detach())],
        ["linalg.multi_dot"] = t => [linalg.multi_dot(t)],
    };

    private static Dictionary<string, Many> Creation => new(StringComparer.Ordinal)
    {
        ["to.bfloat16"] = t => [(t[0].bfloat16() * 3).bfloat16()],
        ["to.float"] = t => [t[0].@float() / 3],
        ["to.int"] = t => [(t[0] * 3).@int()],
        ["to.long"] = t => [(t[0] * 3).@long()],
        ["to.bool"] = t => [t[0].@bool()],
        ["type_as"] = t => [t[0].type_as(t[1])],
        ["bfloat16.matmul"] = t => [t[0].bfloat16().matmul(t[1].bfloat16())],
        ["promotion"] = t => [t[0] + t[1] * t[2]],
        ["promotion.long"] = t => [t[0] * t[1] + 1],
        ["promotion.true_division"] = t => [t[0] / 4],
        ["arange"] = t => [arange(2, 11, 3)],
        ["arange.float"] = t => [arange(0.0, 1.0, 0.3, ScalarType.Float64)],
        ["linspace"] = t => [linspace(-1, 2, 7, ScalarType.Float64)],
        ["logspace"] = t => [logspace(0, 1, 4, dtype: ScalarType.Float64)],
        ["eye"] = t => [eye(2, 3)],
        ["full"] = t => [full(2, 3, 1.5)],
        ["full.long"] = t => [full(2, 3)],
        ["full_like"] = t => [full_like(t[0], 2)],
        ["zeros_like"] = t => [zeros_like(t[0])],
        ["ones_like"] = t => [ones_like(t[0], ScalarType.Int64)],
        ["ones"] = t => [ones(2, 3, ScalarType.Bool)],
        ["rand"] = t => [Seeded(() => rand(2, 3))],
        ["randn"] = t => [Seeded(() => randn(4, 5, ScalarType.Float64))],
        ["randint"] = t => [Seeded(() => randint(3, 9, [2, 3]))],
        ["randperm"] = t => [Seeded(() => randperm(6))],
        ["normal"] = t => [Seeded(() => normal(1.0, 2.0, [3]))],
        ["rand_like"] = t => [Seeded(() => rand_like(t[0]))],
        ["randn_like"] = t => [Seeded(() => randn_like(t[0]))],
        ["randint_like"] = t => [Seeded(() => randint_like(t[0], 2, 8))],
        ["bernoulli"] = t => [Seeded(() => (t[0] / 2).bernoulli().detach())],
        ["multinomial"] = t => [Seeded(() => t[0].detach().multinomial(2))],
        ["normal_"] = t => [Seeded(() => t[0].detach().clone().normal_(1, 2))],
        ["uniform_"] = t => [Seeded(() => t[0].detach().clone().uniform_(-1, 3))],
        ["bernoulli_"] = t => [Seeded(() => t[0].detach().clone().bernoulli_(0.3))],
        ["exponential_"] = t => [Seeded(() => t[0].detach().clone().exponential_(2))],
        ["random_"] = t => [Seeded(() => t[0].detach().clone().random_(1, 9))],
    };

    private static Tensor Seeded(Func<Tensor> draw)
    {
        random.manual_seed(7);
        return draw();
    }
}
