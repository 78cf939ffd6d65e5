// Autograd functions whose forward and backward are written in C#. LibTorch's own C++ Function does the book-keeping, so saved
// tensors, dirty inputs and double backward follow its rules; only the two bodies are calls into managed code.
#include "shim_support.h"

#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// A managed body reads `inputs` (lent), writes `outputs` (each with a reference of its own, null for "none") and gives how many
// there are, or -1 after shim_fail(message).
struct Bodies {
    int (*forward)(void* state, void* context, const ShimTensor* inputs, int count, ShimTensor* outputs, int capacity);
    int (*backward)(void* state, void* context, const ShimTensor* inputs, int count, ShimTensor* outputs, int capacity);
    void (*release)(void* state);
};

constexpr int capacity = 256;
constexpr const char* state_key = "managed";

// The managed state lives as long as the graph node that refers to it.
struct State : torch::CustomClassHolder {
    void* managed;
    Bodies bodies;
    State(void* managed, const Bodies& bodies) : managed(managed), bodies(bodies) {}
    ~State() override { bodies.release(managed); }
};

template <typename Body>
variable_list run(Body body, const State& state, AutogradContext* context, at::TensorList inputs) {
    std::vector<ShimTensor> lent;
    lent.reserve(inputs.size());
    for (const auto& input : inputs) lent.push_back(input.defined() ? input.unsafeGetTensorImpl() : nullptr);

    ShimTensor produced[capacity];
    const int count = body(state.managed, context, lent.data(), static_cast<int>(lent.size()), produced, capacity);
    if (count < 0) throw std::runtime_error(last_error);

    variable_list outputs;
    outputs.reserve(count + 1);
    for (int k = 0; k < count; ++k) {
        outputs.push_back(produced[k] ? at::Tensor(Impl::reclaim(static_cast<c10::TensorImpl*>(produced[k]))) : at::Tensor());
    }
    return outputs;
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
    static variable_list forward(AutogradContext* context, at::TensorList inputs, c10::intrusive_ptr<State> state) {
        context->saved_data[state_key] = c10::IValue::make_capsule(state);
        return run(state->bodies.forward, *state, context, inputs);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        auto holder = context->saved_data.at(state_key).toCapsule();
        const auto& state = static_cast<const State&>(*holder);
        auto outputs = run(state.bodies.backward, state, context, gradients);
        outputs.emplace_back();                         // the state is an argument without a gradient
        return outputs;
    }
};

AutogradContext& context_of(void* context) { return *static_cast<AutogradContext*>(context); }

}  // namespace

SHIM void shim_fail(const char* message) { last_error = message; }

SHIM void shim_retain(ShimTensor handle) { c10::raw::intrusive_ptr::incref(static_cast<c10::TensorImpl*>(handle)); }

// Takes the state over, whatever happens.
SHIM int shim_apply(const Bodies* bodies, void* state, const ShimTensor* inputs, int count, ShimTensor* outputs, int limit, int* produced) {
    auto holder = c10::make_intrusive<State>(state, *bodies);
    return guarded([&] {
        const auto tensors = borrow_all(inputs, count);
        auto results = ManagedFunction::apply(at::TensorList(tensors), holder);
        TORCH_CHECK(static_cast<int>(results.size()) <= limit, "a function gave ", results.size(), " tensors; at most ", limit, " are allowed");
        for (size_t k = 0; k < results.size(); ++k) outputs[k] = give(std::move(results[k]));
        *produced = static_cast<int>(results.size());
    });
}

SHIM int shim_context_save(void* context, const ShimTensor* tensors, int count) {
    return guarded([&] { context_of(context).save_for_backward(borrow_all(tensors, count)); });
}

SHIM int shim_context_saved(void* context, ShimTensor* tensors, int limit, int* count) {
    return guarded([&] {
        auto saved = context_of(context).get_saved_variables();
        TORCH_CHECK(static_cast<int>(saved.size()) <= limit, "at most ", limit, " tensors can be saved, not ", saved.size());
        for (size_t k = 0; k < saved.size(); ++k) tensors[k] = give(std::move(saved[k]));
        *count = static_cast<int>(saved.size());
    });
}

SHIM int shim_context_mark(void* context, const ShimTensor* tensors, int count, int dirty) {
    return guarded([&] {
        if (dirty) context_of(context).mark_dirty(borrow_all(tensors, count));
        else context_of(context).mark_non_differentiable(borrow_all(tensors, count));
    });
}

SHIM void shim_context_materialize(void* context, int value) { context_of(context).set_materialize_grads(value != 0); }
