// Backward, gradients, grad modes, and nodes of the graph whose backward is a callback into C#.
#include "abi.h"

#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/edge.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include <memory>
#include <type_traits>
#include <unordered_set>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::Variable;
using torch::autograd::variable_list;

namespace {

// C# side of a node. Takes the references in `inputs`, fills `outputs` with references; 0 on success.
using Backward = int32_t (*)(int64_t owner, Handle* inputs, int32_t input_count, Handle* outputs, int32_t output_count);
using Release = void (*)(int64_t owner);

struct ManagedNode : Node {
  int64_t owner;
  Backward backward;
  Release release;
  std::string title;
  bool materialize = true;
  std::vector<SavedVariable> saved;
  std::vector<torch::autograd::VariableInfo> outputs;

  ~ManagedNode() override { release(owner); }

  std::string name() const override { return title; }

  variable_list apply(variable_list&& inputs) override {
    c10::OptionalDeviceGuard guard;
    std::vector<Handle> given;
    given.reserve(inputs.size());
    for (size_t i = 0; i < inputs.size(); i++) {
      bool missing = !inputs[i].defined() && materialize && i < outputs.size();
      given.push_back(give(missing ? outputs[i].zeros(guard) : std::move(inputs[i])));
    }
    std::vector<Handle> returned(num_outputs(), nullptr);
    auto failed = backward(owner, given.data(), static_cast<int32_t>(given.size()), returned.data(), static_cast<int32_t>(returned.size()));
    variable_list gradients;
    gradients.reserve(returned.size());
    for (auto handle : returned) gradients.push_back(take(handle));
    if (failed != 0) throw std::runtime_error(std::string("managed exception #") + std::to_string(failed));
    return gradients;
  }

  void release_variables() override {
    for (auto& variable : saved) variable.reset_data();
  }
};

using NodePointer = std::shared_ptr<ManagedNode>;

// _wrap_outputs has gained arguments from release to release; the defaults mean "nothing special" in all of them.
template <typename Wrap, typename... Given>
auto wrap_any(Wrap wrap, Given&&... given) {
  using Set = std::unordered_set<at::TensorImpl*>;
  if constexpr (std::is_invocable_v<Wrap, Given...>) {
    return wrap(std::forward<Given>(given)...);
  } else if constexpr (std::is_invocable_v<Wrap, Given..., Set>) {
    return wrap(std::forward<Given>(given)..., Set{});
  } else {
    auto self = [](at::Tensor x) { return x.view_as(x); };
    if constexpr (std::is_invocable_v<Wrap, Given..., Set, decltype(self)>) {
      return wrap(std::forward<Given>(given)..., Set{}, self);
    } else {
      return wrap(std::forward<Given>(given)..., Set{}, self, false);
    }
  }
}

std::unordered_set<at::TensorImpl*> set_of(const Handle* handles, int32_t count) {
  return {handles, handles + count};
}

}  // namespace

GT_EXPORT int32_t gt_requires_grad(Handle handle) { return borrow(handle).requires_grad(); }

GT_EXPORT int32_t gt_set_requires_grad(Handle handle, int32_t value) {
  return checked([&] { borrow(handle).set_requires_grad(value != 0); });
}

GT_EXPORT int32_t gt_is_leaf(Handle handle) { return borrow(handle).is_leaf(); }

GT_EXPORT int32_t gt_retain_grad(Handle handle) {
  return checked([&] { borrow(handle).retain_grad(); });
}

// Null when there is no gradient.
GT_EXPORT Handle gt_get_grad(Handle handle) { return give(borrow(handle).grad()); }

GT_EXPORT int32_t gt_set_grad(Handle handle, Handle gradient) {
  return checked([&] { borrow(handle).mutable_grad() = borrow(gradient); });
}

GT_EXPORT int32_t gt_grad_fn_name(Handle handle, char* text, int32_t room) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    auto node = borrow(handle).grad_fn();
    if (!node) return 0;
    auto name = node->name();
    auto length = std::min<int32_t>(static_cast<int32_t>(name.size()), room);
    std::copy(name.begin(), name.begin() + length, text);
    return length;
  });
}

GT_EXPORT int32_t gt_backward(const Handle* tensors, int32_t count, const Handle* gradients, int32_t gradient_count,
                              int32_t retain_graph, int32_t create_graph, const Handle* inputs, int32_t input_count) {
  return checked([&] {
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count), retain_graph != 0,
                              create_graph != 0, borrow_all(inputs, input_count));
  });
}

GT_EXPORT int32_t gt_grad(const Handle* outputs, int32_t count, const Handle* inputs, int32_t input_count,
                          const Handle* gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                          int32_t allow_unused, Handle* results) {
  return checked([&] {
    auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count),
                                       borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                       allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = give(std::move(found[i]));
  });
}

GT_EXPORT int32_t gt_grad_mode() { return c10::GradMode::is_enabled(); }

GT_EXPORT void gt_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

GT_EXPORT int32_t gt_inference_mode() { return c10::InferenceMode::is_enabled(); }

GT_EXPORT void* gt_enter_inference_mode(int32_t enabled) {
  return guarded<void*>(nullptr, [&]() -> void* { return new c10::InferenceMode(enabled != 0); });
}

GT_EXPORT void gt_leave_inference_mode(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }

GT_EXPORT int32_t gt_anomaly_mode(int32_t* check_nan) {
  *check_nan = torch::autograd::AnomalyMode::should_check_nan();
  return torch::autograd::AnomalyMode::is_enabled();
}

GT_EXPORT void gt_set_anomaly_mode(int32_t enabled, int32_t check_nan) {
  torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
}

// A node over the given inputs. `executable`: grad mode is on and an input needs a gradient.
GT_EXPORT void* gt_node_new(int64_t owner, Backward backward, Release release, const char* name, const Handle* inputs,
                            int32_t count, int32_t* executable) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto variables = borrow_all(inputs, count);
    NodePointer node(new ManagedNode(), torch::autograd::deleteNode);
    node->owner = owner;
    node->backward = backward;
    node->release = release;
    node->title = name;
    bool needed = c10::GradMode::is_enabled() && torch::autograd::any_variable_requires_grad(variables);
    if (needed) node->set_next_edges(torch::autograd::collect_next_edges(variables));
    node->clear_input_metadata();
    *executable = needed;
    return new NodePointer(std::move(node));
  });
}

GT_EXPORT int32_t gt_node_wrap(void* pointer, int32_t executable, int32_t materialize, const Handle* inputs, int32_t input_count,
                               const Handle* dirty, int32_t dirty_count, const Handle* constant, int32_t constant_count,
                               const Handle* outputs, int32_t output_count, Handle* results) {
  return checked([&] {
    auto& node = *static_cast<NodePointer*>(pointer);
    std::vector<c10::optional<Variable>> raw;
    for (auto& output : borrow_all(outputs, output_count)) raw.emplace_back(output);
    torch::autograd::_jvp_fn_t no_forward_mode = [](variable_list, variable_list) -> variable_list {
      throw std::runtime_error("forward-mode differentiation is not supported by custom functions");
    };
    auto wrapped = wrap_any(&torch::autograd::_wrap_outputs, borrow_all(inputs, input_count),
                            set_of(constant, constant_count), set_of(dirty, dirty_count),
                            at::ArrayRef<c10::optional<Variable>>(raw),
                            executable ? std::static_pointer_cast<Node>(node) : std::shared_ptr<Node>(), no_forward_mode);
    node->materialize = materialize != 0;
    for (size_t i = 0; i < wrapped.size(); i++) {
      if (executable && wrapped[i]) node->outputs.emplace_back(*wrapped[i]);
      results[i] = wrapped[i] ? give(std::move(*wrapped[i])) : nullptr;
    }
  });
}

// Keeps the tensors for backward, as SavedVariables that notice a change in place.
GT_EXPORT int32_t gt_node_save(void* pointer, const Handle* tensors, int32_t count) {
  return checked([&] {
    auto& node = *static_cast<NodePointer*>(pointer);
    node->saved.clear();
    for (auto& tensor : borrow_all(tensors, count)) {
      bool is_output = tensor.defined() && tensor.grad_fn().get() == node.get();
      node->saved.emplace_back(tensor, is_output);
    }
  });
}

GT_EXPORT int32_t gt_node_saved(void* raw, Handle* results) {
  return checked([&] {
    auto node = static_cast<ManagedNode*>(raw);
    auto self = node->shared_from_this();
    for (size_t i = 0; i < node->saved.size(); i++) results[i] = give(node->saved[i].unpack(self));
  });
}

// The node itself, without a reference: valid while the graph holds it (inside its own backward).
GT_EXPORT void* gt_node_raw(void* pointer) { return static_cast<NodePointer*>(pointer)->get(); }

GT_EXPORT void gt_node_release(void* pointer) { delete static_cast<NodePointer*>(pointer); }
