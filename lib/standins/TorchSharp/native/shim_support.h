// What the files of the bridge share: error capture and the passage of tensors through plain pointers.
#pragma once
#include "torch_shim.h"

#include <ATen/ATen.h>

#include <string>
#include <vector>

#define SHIM extern "C" __attribute__((visibility("default")))

extern thread_local std::string last_error;

template <typename F>
int guarded(F&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& e) {
        last_error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        last_error = e.what();
    } catch (...) {
        last_error = "unknown native exception";
    }
    return -1;
}

using Impl = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

inline at::Tensor borrow(const void* handle) {
    return handle ? at::Tensor(Impl::reclaim_copy(static_cast<c10::TensorImpl*>(const_cast<void*>(handle)))) : at::Tensor();
}

inline ShimTensor give(at::Tensor&& tensor) {
    return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline std::vector<at::Tensor> borrow_all(const ShimTensor* handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t k = 0; k < count; ++k) tensors.push_back(borrow(handles[k]));
    return tensors;
}
