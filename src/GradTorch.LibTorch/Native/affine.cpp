// z = x W + b for every member, as one node: forward and backward go member by member through the products of products.h,
// and the gradients of weight and bias are added where their .grad already lies, without copies.
#include "measure.h"
#include "members.h"
#include "products.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>
#include <array>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

namespace {

// A CUDA device does all members in one batched product; on the CPU libtorch would loop as well, at a higher price.
bool by_member(const at::Tensor& tensor) {
  return tensor.is_cpu() && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kDouble);
}

// Members that lie in one piece each.
at::Tensor packed(const at::Tensor& tensor) { return compact(tensor) ? tensor : tensor.contiguous(); }

// A member's matrix.
template <typename T>
T* of(const at::Tensor& tensor, int64_t m) {
  return tensor.data_ptr<T>() + m * tensor.stride(0);
}

at::Tensor forward(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  if (!by_member(input)) return at::baddbmm(bias, input, weight);
  auto x = packed(input);
  auto [batch, inputs, outputs] = std::array{x.size(1), x.size(2), weight.size(2)};
  auto z = at::empty({x.size(0), batch, outputs}, x.options());
  AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "EnsembleAffine", [&] {
    for_members(x.size(0), [&](int64_t m) {
      auto shift = of<scalar_t>(bias, m), out = of<scalar_t>(z, m);
      for (int64_t row = 0; row < batch; row++) std::copy_n(shift, outputs, out + row * outputs);
      multiply({of<scalar_t>(x, m)}, {of<scalar_t>(weight, m)}, out, batch, inputs, outputs, true);
    });
  });
  return z;
}

void add_gradients(const at::Tensor& input, const at::Tensor& delta, const at::Tensor& weight_gradient, const at::Tensor& bias_gradient) {
  if (!by_member(input)) {
    weight_gradient.baddbmm_(input.transpose(1, 2), delta);
    bias_gradient.add_(delta.sum(1, /*keepdim=*/true));
    return;
  }
  auto x = packed(input);
  auto [batch, inputs, outputs] = std::array{x.size(1), x.size(2), delta.size(2)};
  AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "EnsembleAffine", [&] {
    for_members(x.size(0), [&](int64_t m) {
      multiply({of<scalar_t>(x, m), true}, {of<scalar_t>(delta, m)}, of<scalar_t>(weight_gradient, m), inputs, batch, outputs, true);
      bias_gradient.select(0, m).add_(delta.select(0, m).sum(0, /*keepdim=*/true));
    });
  });
}

at::Tensor input_gradient(const at::Tensor& delta, const at::Tensor& weight) {
  if (!by_member(delta)) return delta.bmm(weight.transpose(1, 2));
  auto [batch, inputs, outputs] = std::array{delta.size(1), weight.size(1), delta.size(2)};
  auto gradient = at::empty({delta.size(0), batch, inputs}, delta.options());
  AT_DISPATCH_FLOATING_TYPES(delta.scalar_type(), "EnsembleAffine", [&] {
    for_members(delta.size(0), [&](int64_t m) {
      multiply({of<scalar_t>(delta, m)}, {of<scalar_t>(weight, m), true}, of<scalar_t>(gradient, m), batch, outputs, inputs, false);
    });
  });
  return gradient;
}

struct AffineNode : Node {
  SavedVariable input;
  SavedVariable weight;
  at::Tensor weight_gradient;
  at::Tensor bias_gradient;

  std::string name() const override { return "EnsembleAffine"; }

  variable_list apply(variable_list&& gradients) override {
    at::AutoDispatchBelowADInplaceOrView below;
    if (!gradients[0].defined()) return {at::Tensor()};
    auto delta = gradients[0].contiguous();
    add_gradients(input.unpack(), delta, weight_gradient, bias_gradient);
    return {task_should_compute_output(0) ? input_gradient(delta, weight.unpack()) : at::Tensor()};
  }

  void release_variables() override {
    input.reset_data();
    weight.reset_data();
  }
};

}  // namespace

// x (S, B, in), weight (S, in, out), bias (S, 1, out); both parameters must have their .grad.
GT_EXPORT Handle gt_affine(Handle x_handle, Handle weight_handle, Handle bias_handle) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    auto x = borrow(x_handle), weight = borrow(weight_handle), bias = borrow(bias_handle);
    TORCH_CHECK(x.dim() == 3 && weight.dim() == 3 && bias.dim() == 3 && x.size(0) == weight.size(0) &&
                    x.size(2) == weight.size(1) && bias.size(0) == weight.size(0) && bias.size(1) == 1 &&
                    bias.size(2) == weight.size(2),
                "affine: expected x (S, B, in), weight (S, in, out) and bias (S, 1, out), got ", x.sizes(), ", ",
                weight.sizes(), " and ", bias.sizes());
    TORCH_CHECK(!by_member(x) || (compact(weight) && compact(bias)), "affine: expected parameters that lie member by member");
    at::Tensor z;
    {
      at::AutoDispatchBelowADInplaceOrView below;
      z = forward(x, weight, bias);
    }
    if (!c10::GradMode::is_enabled() || !(weight.requires_grad() || x.requires_grad())) return give(z);
    TORCH_CHECK(weight.grad().defined() && bias.grad().defined(), "affine: weight and bias need a .grad to add to");
    TORCH_CHECK(!by_member(x) || (compact(weight.grad()) && compact(bias.grad())), "affine: expected gradients that lie member by member");
    auto node = std::shared_ptr<AffineNode>(new AffineNode(), torch::autograd::deleteNode);
    node->input = SavedVariable(x, false);
    node->weight = SavedVariable(weight, false);
    node->weight_gradient = weight.grad();
    node->bias_gradient = bias.grad();
    node->set_next_edges(torch::autograd::collect_next_edges(x));
    torch::autograd::set_history(z, node);
    return give(z);
  });
}
