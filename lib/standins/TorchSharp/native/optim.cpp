// Optimizer steps and gradient clipping over whole lists of parameters. PyTorch's Adam walks memory some ten times per
// parameter; here each number is read and written once, in chunks that threads share, so that a small model's step is
// bound by memory and not by dispatch. Chunks have a fixed size: the result does not depend on the number of threads.
#include "shim_support.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#define WIDE __attribute__((target_clones("default", "avx2")))   // no FMA in either: the same bits on every machine
#else
#define WIDE
#endif

struct ShimAdam {
    double lr, beta1, beta2, eps, weight_decay;
    int32_t decoupled;   // 1: AdamW, weight decay shrinks the parameter; 0: Adam, it is added to the gradient
    int32_t maximize;
};

namespace {

constexpr int64_t CHUNK = 16384;

struct Span {
    int index;
    int64_t begin, count;
};

void add_spans(std::vector<Span>& spans, int index, int64_t count) {
    for (int64_t at = 0; at < count; at += CHUNK) spans.push_back({index, at, std::min(CHUNK, count - at)});
}

bool plain(const at::Tensor& tensor) {
    return tensor.layout() == at::kStrided && tensor.device().is_cpu() && tensor.is_contiguous() && !tensor.is_neg() &&
           (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kDouble);
}

bool alike(const at::Tensor& a, const at::Tensor& b) {
    return plain(b) && a.scalar_type() == b.scalar_type() && a.numel() == b.numel();
}

struct AdamFactors {
    double shrink, decay, beta1, beta2, root, eps, step;
    bool negate;
};

struct AdamArrays {
    void *value, *gradient, *average, *square, *maximum;
    bool is_double;
    AdamFactors factors;
};

template <typename T, bool Amsgrad>
inline __attribute__((always_inline)) void adam_loop(T* __restrict value, const T* __restrict gradient, T* __restrict average,
                                                     T* __restrict square, T* __restrict maximum, int64_t count, const AdamFactors& f) {
    const T shrink = f.shrink, decay = f.decay, beta1 = f.beta1, beta2 = f.beta2, rest1 = 1 - f.beta1, rest2 = 1 - f.beta2;
    const T root = f.root, eps = f.eps, step = f.step, sign = f.negate ? -1 : 1;
#pragma omp simd
    for (int64_t k = 0; k < count; ++k) {
        const T x = value[k] * shrink;
        const T g = gradient[k] * sign + decay * x;
        const T m = average[k] * beta1 + rest1 * g;
        const T v = square[k] * beta2 + rest2 * g * g;
        average[k] = m;
        square[k] = v;
        T peak = v;
        if (Amsgrad) maximum[k] = peak = maximum[k] > v || std::isnan(maximum[k]) ? maximum[k] : v;
        value[k] = x - step * m / (std::sqrt(peak) / root + eps);
    }
}

template <typename T>
inline __attribute__((always_inline)) void adam_span(const AdamArrays& a, int64_t begin, int64_t count) {
    auto at = [begin](void* array) { return static_cast<T*>(array) + begin; };
    if (a.maximum) {
        adam_loop<T, true>(at(a.value), at(a.gradient), at(a.average), at(a.square), at(a.maximum), count, a.factors);
    } else {
        adam_loop<T, false>(at(a.value), at(a.gradient), at(a.average), at(a.square), nullptr, count, a.factors);
    }
}

WIDE void adam_float(const AdamArrays& a, int64_t begin, int64_t count) { adam_span<float>(a, begin, count); }
WIDE void adam_double(const AdamArrays& a, int64_t begin, int64_t count) { adam_span<double>(a, begin, count); }

template <typename T>
inline __attribute__((always_inline)) double square_sum(const T* data, int64_t count) {
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t k = 0; k < count; ++k) sum += static_cast<double>(data[k]) * static_cast<double>(data[k]);
    return sum;
}

// One width only: another would add in another order.
double squares_float(const void* data, int64_t begin, int64_t count) {
    return square_sum(static_cast<const float*>(data) + begin, count);
}
double squares_double(const void* data, int64_t begin, int64_t count) {
    return square_sum(static_cast<const double*>(data) + begin, count);
}

template <typename T>
void scale(void* data, int64_t begin, int64_t count, double factor) {
    auto values = static_cast<T*>(data) + begin;
    const T by = factor;
#pragma omp simd
    for (int64_t k = 0; k < count; ++k) values[k] *= by;
}

}  // namespace

// One step of Adam or AdamW over `count` parameters with their state; `maxima` is null without amsgrad. A parameter
// without a gradient is left alone. left[k] becomes 1 where this function cannot help (another device, type or layout):
// the caller then does that parameter's step with operators. steps[k] counts the steps taken here.
SHIM int shim_adam(const ShimAdam* options, int count, const ShimTensor* parameters, const ShimTensor* averages,
                   const ShimTensor* squares, const ShimTensor* maxima, int64_t* steps, uint8_t* left) {
    return guarded([&] {
        std::vector<AdamArrays> arrays;
        std::vector<Span> spans;
        std::vector<at::Tensor> held;
        for (int k = 0; k < count; ++k) {
            auto parameter = borrow(parameters[k]), average = borrow(averages[k]), square = borrow(squares[k]);
            auto maximum = maxima ? borrow(maxima[k]) : at::Tensor();
            at::Tensor gradient = parameter.grad();
            left[k] = 0;
            if (!gradient.defined()) continue;
            if (!plain(parameter) || !alike(parameter, gradient) || !alike(parameter, average) || !alike(parameter, square) ||
                (maxima && !alike(parameter, maximum))) {
                left[k] = 1;
                continue;
            }
            const auto step = static_cast<double>(++steps[k]);
            const double shrunk = 1 - options->lr * options->weight_decay;
            AdamFactors factors{options->decoupled ? shrunk : 1, options->decoupled ? 0 : options->weight_decay,
                                options->beta1, options->beta2, std::sqrt(1 - std::pow(options->beta2, step)), options->eps,
                                options->lr / (1 - std::pow(options->beta1, step)), options->maximize != 0};
            add_spans(spans, static_cast<int>(arrays.size()), parameter.numel());
            arrays.push_back({parameter.data_ptr(), gradient.data_ptr(), average.data_ptr(), square.data_ptr(),
                              maxima ? maximum.data_ptr() : nullptr, parameter.scalar_type() == at::kDouble, factors});
            parameter.unsafeGetTensorImpl()->bump_version();   // so that autograd notices a graph built on the old values
            held.push_back(std::move(gradient));
        }
        at::parallel_for(0, spans.size(), 1, [&](int64_t first, int64_t last) {
            for (int64_t k = first; k < last; ++k) {
                const auto& span = spans[k];
                const auto& a = arrays[span.index];
                a.is_double ? adam_double(a, span.begin, span.count) : adam_float(a, span.begin, span.count);
            }
        });
    });
}

// The 2-norm over all gradients, and gradients scaled to max_norm where it is larger. `done` becomes 0, and nothing is
// changed, where a gradient is on another device or of another type or layout.
SHIM int shim_clip_gradients(int count, const ShimTensor* parameters, double max_norm, double* norm, int* done) {
    return guarded([&] {
        std::vector<at::Tensor> gradients;
        std::vector<Span> spans;
        *done = 1;
        for (int k = 0; k < count; ++k) {
            at::Tensor gradient = borrow(parameters[k]).grad();
            if (!gradient.defined()) continue;
            if (!plain(gradient)) {
                *done = 0;
                return;
            }
            add_spans(spans, static_cast<int>(gradients.size()), gradient.numel());
            gradients.push_back(std::move(gradient));
        }
        auto each = [&](auto&& body) {
            at::parallel_for(0, spans.size(), 1, [&](int64_t first, int64_t last) {
                for (int64_t k = first; k < last; ++k) {
                    const auto& gradient = gradients[spans[k].index];
                    body(k, spans[k], gradient.data_ptr(), gradient.scalar_type() == at::kDouble);
                }
            });
        };
        std::vector<double> partial(spans.size());
        each([&](int64_t k, const Span& span, void* data, bool is_double) {
            partial[k] = is_double ? squares_double(data, span.begin, span.count) : squares_float(data, span.begin, span.count);
        });
        double sum = 0;
        for (double part : partial) sum += part;
        *norm = std::sqrt(sum);
        const double factor = max_norm / (*norm + 1e-6);
        if (factor >= 1) return;                    // not "< 1": a NaN must reach the gradients, as in PyTorch
        each([&](int64_t, const Span& span, void* data, bool is_double) {
            is_double ? scale<double>(data, span.begin, span.count, factor) : scale<float>(data, span.begin, span.count, factor);
        });
        for (auto& gradient : gradients) gradient.unsafeGetTensorImpl()->bump_version();
    });
}
