// Batched matrix products for a LibTorch without MKL, such as Debian's. There aten::bmm multiplies the matrices one after another,
// each with all threads: for attention, many small matrices, most of the time goes into starting and joining threads. Here the
// threads share the batch and each matrix is one thread's, which also makes the result independent of the number of threads.
//   a product costs 2·N·m·k·n FLOP and moves N·(m·k + k·n + m·n) numbers; at m = n = 128, k = 32 compute is the limit
// Replaces the CPU kernel in the dispatcher, so that backward passes and operators built on bmm use it too.
#include "shim_support.h"

#include <ATen/CPUFunctions.h>
#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <torch/library.h>
#include <torch/version.h>

// The BLAS that LibTorch itself has loaded. Weak: a LibTorch that keeps its BLAS to itself does not export them.
extern "C" {
__attribute__((weak)) void sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*,
                                  const float*, const int*, const float*, float*, const int*);
__attribute__((weak)) void dgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*, const int*,
                                  const double*, const int*, const double*, double*, const int*);
}

namespace {

constexpr int64_t kSmallest = 400;      // below it LibTorch's own loop without BLAS is faster

// BLAS counts in int: larger matrices are LibTorch's own business.
constexpr int64_t kLargest = 1 << 30;

// A stack of matrices as BLAS wants it: row by row or column by column, with the distance between those.
struct Stack {
    at::Tensor owner;
    char transpose = 'n';
    int leading;

    explicit Stack(const at::Tensor& x) : owner(x) {
        const auto rows = x.size(1), columns = x.size(2);
        const auto usable = [](int64_t stride, int64_t length) { return stride >= std::max<int64_t>(1, length) && stride < kLargest; };
        if ((x.stride(2) == 1 || columns == 1) && usable(x.stride(1), columns)) {
            leading = static_cast<int>(x.stride(1));
        } else if ((x.stride(1) == 1 || rows == 1) && usable(x.stride(2), rows)) {
            transpose = 't';
            leading = static_cast<int>(x.stride(2));
        } else {
            owner = x.contiguous();
            leading = static_cast<int>(columns);
        }
    }
};

template <typename T, typename Gemm>
void multiply(Gemm gemm, const Stack& a, const Stack& b, const at::Tensor& c) {
    const auto N = c.size(0);
    const int m = c.size(1), n = c.size(2), k = a.owner.size(2);
    const T one = 1, zero = 0;
    const auto* left = a.owner.data_ptr<T>();
    const auto* right = b.owner.data_ptr<T>();
    auto* out = c.data_ptr<T>();
    at::parallel_for(0, N, 1, [&](int64_t begin, int64_t end) {
        for (auto i = begin; i < end; ++i) {
            // BLAS counts columns first, so the rows of C = A·B are the columns of Cᵀ = Bᵀ·Aᵀ.
            gemm(&b.transpose, &a.transpose, &n, &m, &k, &one, right + i * b.owner.stride(0), &b.leading,
                 left + i * a.owner.stride(0), &a.leading, &zero, out + i * m * n, &n);
        }
    });
}

at::Tensor bmm(const at::Tensor& a, const at::Tensor& b) {
    const bool fits = a.dim() == 3 && b.dim() == 3 && a.size(0) == b.size(0) && a.size(2) == b.size(1) && a.scalar_type() == b.scalar_type() &&
                      (a.scalar_type() == at::kFloat || a.scalar_type() == at::kDouble) && a.size(0) >= at::get_num_threads() &&
                      a.size(1) * a.size(2) * b.size(2) >= kSmallest &&
                      std::max(a.numel(), b.numel()) < kLargest;
    if (!fits) return at::cpu::bmm(a, b);        // also says what is wrong with shapes and types

    auto c = at::empty({a.size(0), a.size(1), b.size(2)}, a.options());
    if (a.scalar_type() == at::kFloat) {
        multiply<float>(sgemm_, Stack(a), Stack(b), c);
    } else {
        multiply<double>(dgemm_, Stack(a), Stack(b), c);
    }
    return c;
}

// The dispatcher warns of every replaced kernel; this one is replaced on purpose.
struct Silence : c10::WarningHandler {
#if TORCH_VERSION_MAJOR >= 2
    void process(const c10::Warning&) override {}
#else
    void process(const c10::SourceLocation&, const std::string&, const bool) override {}
#endif
};

#if TORCH_VERSION_MAJOR >= 2
using HandlerGuard = c10::WarningUtils::WarningHandlerGuard;
#else
using HandlerGuard = c10::Warning::WarningHandlerGuard;
#endif

__attribute__((constructor)) void replace_bmm() {
    if (at::hasMKL() || !sgemm_ || !dgemm_) return;
    Silence silence;
    HandlerGuard guard(&silence);
    static torch::Library library(torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__, __LINE__);
    library.impl("bmm", bmm);
}

}  // namespace
