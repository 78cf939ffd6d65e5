// The bridge from C# to LibTorch. Operators are looked up by schema name in the dispatcher and called boxed, so a few
// functions reach all of them, autograd included. Every function returns 0 or, after an exception, -1 with the message
// in shim_error(); nothing is ever thrown across the boundary.
#include "shim_support.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Logging.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/serialize.h>
#include <torch/version.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

thread_local std::string last_error;

namespace {

// Only messages cross to C#. Without this LibTorch would collect and resolve a native stack trace for each of them.
const bool traces_off = [] {
    c10::SetStackTraceFetcher([]() -> std::string { return {}; });
    return true;
}();

c10::Device to_device(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(packed & 0xffffffff), static_cast<c10::DeviceIndex>(packed >> 32));
}

// An operator with what its schema says, looked up once.
struct Operator {
    c10::OperatorHandle handle;
    std::vector<c10::TypePtr> types;                   // of the arguments, optional stripped
    std::vector<c10::optional<c10::IValue>> defaults;

    explicit Operator(const c10::OperatorHandle& found) : handle(found) {
        for (const auto& argument : found.schema().arguments()) {
            auto type = argument.type();
            auto fallback = argument.default_value();
            if (auto optional = type->cast<c10::OptionalType>()) {
                type = optional->getElementType();
                if (!fallback) fallback = c10::IValue();
            }
            types.push_back(type);
            defaults.push_back(fallback);
        }
    }
};

c10::IValue to_ivalue(const ShimValue& value, const c10::TypePtr& type) {
    switch (value.tag) {
        case TAG_NONE:
            return c10::IValue();
        case TAG_TENSOR:
            return c10::IValue(borrow(value.p));
        case TAG_INT:
            return type->kind() == c10::TypeKind::FloatType ? c10::IValue(static_cast<double>(value.i)) : c10::IValue(value.i);
        case TAG_DOUBLE:
            return c10::IValue(value.d);
        case TAG_BOOL:
            return c10::IValue(value.i != 0);
        case TAG_INTS:
            return c10::IValue(at::IntArrayRef(static_cast<const int64_t*>(value.p), value.count).vec());
        case TAG_DOUBLES: {
            auto data = static_cast<const double*>(value.p);
            return c10::IValue(std::vector<double>(data, data + value.count));
        }
        case TAG_TENSORS: {
            auto handles = static_cast<const ShimTensor*>(value.p);
            auto list = type->cast<c10::ListType>();
            if (list && list->getElementType()->kind() == c10::TypeKind::OptionalType) {
                c10::List<c10::optional<at::Tensor>> tensors;
                tensors.reserve(value.count);
                for (int32_t k = 0; k < value.count; ++k) {
                    tensors.push_back(handles[k] ? c10::optional<at::Tensor>(borrow(handles[k])) : c10::nullopt);
                }
                return c10::IValue(tensors);
            }
            return c10::IValue(borrow_all(handles, value.count));
        }
        case TAG_STRING:
            return c10::IValue(std::string(static_cast<const char*>(value.p), value.count));
        case TAG_DEVICE:
            return c10::IValue(to_device(value.i));
        case TAG_GENERATOR:
            return c10::IValue(*static_cast<const at::Generator*>(value.p));
        default:
            TORCH_CHECK(false, "unknown argument tag ", value.tag);
    }
}

ShimValue from_ivalue(c10::IValue&& value) {
    ShimValue result{TAG_NONE, 0, {0}};
    if (value.isTensor()) {
        result.tag = TAG_TENSOR;
        result.p = give(std::move(value).toTensor());
    } else if (value.isInt()) {
        result.tag = TAG_INT;
        result.i = value.toInt();
    } else if (value.isDouble()) {
        result.tag = TAG_DOUBLE;
        result.d = value.toDouble();
    } else if (value.isBool()) {
        result.tag = TAG_BOOL;
        result.i = value.toBool();
    } else if (value.isTensorList()) {
        auto tensors = value.toTensorVector();
        auto handles = new ShimTensor[tensors.size() + 1];
        for (size_t k = 0; k < tensors.size(); ++k) handles[k] = give(std::move(tensors[k]));
        result.tag = TAG_TENSORS;
        result.count = static_cast<int32_t>(tensors.size());
        result.p = handles;
    } else {
        TORCH_CHECK(value.isNone(), "the C# layer cannot take a result of type ", value.tagKind());
    }
    return result;
}

}  // namespace

// Training frees and takes back the same large buffers every step. Left alone, glibc returns them to the system each time and the
// kernel fills fresh pages with zeros: several thousand page faults a step, a tenth of its time on a small model. Kept instead are up to
// half a gigabyte of freed memory, in one arena, whichever thread freed it. An environment that sets malloc itself is left alone.
__attribute__((constructor)) static void keep_freed_memory() {
#ifdef __GLIBC__
    for (const char* name : {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_ARENA_MAX", "GLIBC_TUNABLES"}) {
        if (std::getenv(name)) return;
    }
    mallopt(M_MMAP_THRESHOLD, 256 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_TOP_PAD, 16 << 20);
    mallopt(M_ARENA_MAX, 1);
#endif
}

SHIM const char* shim_error() { return last_error.c_str(); }

// ---- operators

SHIM int shim_find(const char* name, const char* overload, void** out) {
    return guarded([&] { *out = new Operator(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
}

SHIM int shim_call(const void* op, const ShimValue* args, int count, ShimValue* results, int capacity, int* result_count) {
    return guarded([&] {
        const auto& oper = *static_cast<const Operator*>(op);
        const auto& name = oper.handle.schema();
        TORCH_CHECK(count <= static_cast<int>(oper.types.size()), name, " takes ", oper.types.size(), " arguments, not ", count);

        torch::jit::Stack stack;
        stack.reserve(oper.types.size());
        for (int k = 0; k < static_cast<int>(oper.types.size()); ++k) {
            if (k < count && args[k].tag != TAG_DEFAULT) {
                stack.push_back(to_ivalue(args[k], oper.types[k]));
            } else {
                TORCH_CHECK(oper.defaults[k], name, ": argument ", k, " has no default");
                stack.push_back(*oper.defaults[k]);
            }
        }
        oper.handle.callBoxed(stack);
        TORCH_CHECK(static_cast<int>(stack.size()) <= capacity, name, " returned ", stack.size(), " values");
        for (size_t k = 0; k < stack.size(); ++k) results[k] = from_ivalue(std::move(stack[k]));
        *result_count = static_cast<int>(stack.size());
    });
}

SHIM void shim_free_array(const void* handles) { delete[] static_cast<const ShimTensor*>(handles); }

// ---- tensors: what is faster or only possible outside the dispatcher

SHIM void shim_release(ShimTensor handle) { c10::raw::intrusive_ptr::decref(static_cast<c10::TensorImpl*>(handle)); }

SHIM int shim_from_data(const void* data, int64_t bytes, const int64_t* sizes, int rank, int dtype, ShimTensor* out) {
    return guarded([&] {
        auto tensor = at::empty(at::IntArrayRef(sizes, rank), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
        TORCH_CHECK(tensor.nbytes() == static_cast<size_t>(bytes),
                    "a tensor of shape ", tensor.sizes(), " needs ", tensor.nbytes(), " bytes but ", bytes, " came");
        if (bytes > 0) std::memcpy(tensor.data_ptr(), data, bytes);
        *out = give(std::move(tensor));
    });
}

// rank, dtype, device type, device index, element size, flags (1 requires_grad, 2 leaf, 4 contiguous, 8 inference), numel
SHIM int shim_describe(ShimTensor handle, int64_t* out) {
    return guarded([&] {
        auto tensor = borrow(handle);
        out[0] = tensor.dim();
        out[1] = static_cast<int64_t>(tensor.scalar_type());
        out[2] = static_cast<int64_t>(tensor.device().type());
        out[3] = tensor.device().index();
        out[4] = tensor.element_size();
        out[5] = (tensor.requires_grad() ? 1 : 0) | (tensor.is_leaf() ? 2 : 0) | (tensor.is_contiguous() ? 4 : 0) |
                 (tensor.is_inference() ? 8 : 0);
        out[6] = tensor.numel();
    });
}

SHIM int shim_sizes(ShimTensor handle, int64_t* sizes, int64_t* strides, int rank) {
    return guarded([&] {
        auto tensor = borrow(handle);
        TORCH_CHECK(tensor.dim() == rank, "rank changed");
        for (int k = 0; k < rank; ++k) {
            if (sizes) sizes[k] = tensor.size(k);
            if (strides) strides[k] = tensor.stride(k);
        }
    });
}

SHIM int shim_data(ShimTensor handle, void** out) {
    return guarded([&] { *out = borrow(handle).data_ptr(); });
}

SHIM int shim_alias(ShimTensor handle, ShimTensor* out) {
    return guarded([&] { *out = give(borrow(handle).alias()); });
}

SHIM int shim_save(ShimTensor handle, const char* path) {
    return guarded([&] { torch::save(borrow(handle), path); });
}

SHIM int shim_load(const char* path, ShimTensor* out) {
    return guarded([&] {
        at::Tensor tensor;
        torch::load(tensor, path);
        *out = give(std::move(tensor));
    });
}

// ---- autograd

SHIM int shim_set_requires_grad(ShimTensor handle, int value) {
    return guarded([&] { borrow(handle).requires_grad_(value != 0); });
}

SHIM int shim_grad(ShimTensor handle, ShimTensor* out) {
    return guarded([&] { *out = give(at::Tensor(borrow(handle).grad())); });
}

SHIM int shim_set_grad(ShimTensor handle, ShimTensor gradient) {
    return guarded([&] { borrow(handle).mutable_grad() = borrow(gradient); });
}

SHIM int shim_backward(const ShimTensor* roots, int count, const ShimTensor* gradients, int gradient_count, int retain, int create,
                       const ShimTensor* inputs, int input_count) {
    return guarded([&] {
        torch::autograd::backward(borrow_all(roots, count), borrow_all(gradients, gradient_count), retain != 0, create != 0,
                                  borrow_all(inputs, input_count));
    });
}

SHIM int shim_gradients(const ShimTensor* outputs, int count, const ShimTensor* inputs, int input_count, const ShimTensor* gradients,
                        int gradient_count, int retain, int create, int allow_unused, ShimTensor* out) {
    return guarded([&] {
        auto result = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count),
                                            borrow_all(gradients, gradient_count), retain != 0, create != 0, allow_unused != 0);
        for (size_t k = 0; k < result.size(); ++k) out[k] = give(std::move(result[k]));
    });
}

SHIM int shim_grad_mode() { return at::GradMode::is_enabled(); }
SHIM void shim_set_grad_mode(int enabled) { at::GradMode::set_enabled(enabled != 0); }
SHIM int shim_inference_mode() { return c10::InferenceMode::is_enabled(); }
SHIM int shim_inference_begin(int enabled, void** out) {
    return guarded([&] { *out = new c10::InferenceMode(enabled != 0); });
}
SHIM void shim_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- randomness, threads, devices

SHIM int shim_manual_seed(int64_t seed) {
    return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

SHIM int shim_generator_new(int64_t seed, int64_t device, void** out) {
    return guarded([&] {
        auto place = to_device(device);
        auto generator = at::globalContext().defaultGenerator(place).clone();
        generator.set_current_seed(static_cast<uint64_t>(seed));
        *out = new at::Generator(generator);
    });
}
SHIM int shim_generator_default(int64_t device, void** out) {
    return guarded([&] { *out = new at::Generator(at::globalContext().defaultGenerator(to_device(device))); });
}
SHIM void shim_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }
SHIM int shim_generator_seed(void* generator, int64_t seed) {
    return guarded([&] { static_cast<at::Generator*>(generator)->set_current_seed(static_cast<uint64_t>(seed)); });
}
SHIM int shim_generator_state(void* generator, ShimTensor* out) {
    return guarded([&] { *out = give(static_cast<at::Generator*>(generator)->get_state()); });
}
SHIM int shim_generator_set_state(void* generator, ShimTensor state) {
    return guarded([&] { static_cast<at::Generator*>(generator)->set_state(borrow(state)); });
}

SHIM int shim_threads() { return at::get_num_threads(); }
SHIM int shim_set_threads(int count) {
    return guarded([&] {
        TORCH_CHECK(count > 0, "set_num_threads expects a positive integer, not ", count);
        at::set_num_threads(count);
    });
}
SHIM int shim_interop_threads() { return at::get_num_interop_threads(); }

SHIM const char* shim_version() { return TORCH_VERSION; }

SHIM int shim_cuda_devices() {
    try {
        return at::hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0;
    } catch (...) {
        return 0;
    }
}
SHIM int shim_cuda_synchronize(int64_t index) {
    return guarded([&] {
        TORCH_CHECK(at::hasCUDA(), "this LibTorch has no CUDA");
        at::detail::getCUDAHooks().deviceSynchronize(index);
    });
}
