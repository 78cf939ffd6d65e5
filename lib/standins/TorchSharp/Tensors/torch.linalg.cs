using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra on the last two dimensions; leading dimensions are a batch.</summary>
    public static class linalg
    {
        /// <summary>What <see cref="qr"/> computes.</summary>
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        /// <summary>The lower L of input = L Lᵀ.</summary>
        public static Tensor cholesky(Tensor input) => Aten.One("linalg_cholesky", input);

        public static Tensor det(Tensor input) => Aten.One("linalg_det", input);
        public static (Tensor, Tensor) slogdet(Tensor input) => Aten.Two("linalg_slogdet", input);
        public static Tensor inv(Tensor input) => Aten.One("linalg_inv", input);

        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Aten.One("linalg_pinv.atol_rtol_float", input, atol, rtol, hermitian);

        /// <summary>X with A X = B, or with X A = B when left is false.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Aten.One("linalg_solve", A, B, left);

        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false,
            Tensor? @out = null) => @out is null
            ? Aten.One("linalg_solve_triangular", A, B, upper, left, unitriangular)
            : Aten.InPlace("linalg_solve_triangular.out", A, B, upper, left, unitriangular, @out);

        /// <summary>The least-squares X of input X ≈ other.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) =>
            Aten.Four("linalg_lstsq", input, other);

        /// <summary>Eigenvalues in ascending order and eigenvectors of a symmetric matrix.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Aten.Two("linalg_eigh", input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Aten.One("linalg_eigvalsh", input, UPLO.ToString());

        /// <summary>input = U diag(S) Vh.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Aten.Three("linalg_svd", input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Aten.One("linalg_svdvals", input);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => Aten.Two("linalg_qr", input, mode switch
        {
            QRMode.Complete => "complete",
            QRMode.R => "r",
            _ => "reduced",
        });

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Aten.One("linalg_norm", input, Value.None, dims, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.One("linalg_norm", input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Aten.One("linalg_norm.ord_str", input, ord, dims, keepdim);

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Aten.One("linalg_vector_norm", input, ord, dims, keepdim);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.One("linalg_matrix_norm", input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Aten.One("linalg_matrix_norm.str_ord", input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Aten.One("linalg_matrix_rank.atol_rtol_float", input, atol, rtol, hermitian);

        public static Tensor multi_dot(IList<Tensor> tensors) => Aten.One("linalg_multi_dot", List(tensors));
        public static Tensor matrix_exp(Tensor input) => Aten.One("linalg_matrix_exp", input);
    }
}
