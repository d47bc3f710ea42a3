// A stack of layers h_n = g(h_{n-1} W_n + b_n), with skip paths or without, as one node. Forward keeps h, from which the slope follows, and
// what enters g where a surrogate has another.
#include "dense.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

namespace {

struct DenseNode : Node {
  SavedVariable input, output;
  Layers layers;
  bool joins;

  std::string name() const override { return "DenseStack"; }

  variable_list apply(variable_list&& gradients) override {
    at::AutoDispatchBelowADInplaceOrView below;
    variable_list results(joins ? 2 : 1);
    if (!gradients[0].defined()) return results;
    auto gradient = gradients[0].contiguous();
    auto x = input.unpack();
    output.unpack(shared_from_this());  // throws if it was changed since
    for (auto& layer : layers)
      TORCH_CHECK(layer.weight._version() == layer.version, "dense: a weight was changed between forward and backward");
    if (task_should_compute_output(0)) results[0] = at::empty(x.sizes(), x.options());
    if (joins && task_should_compute_output(1)) results[1] = at::empty(gradient.sizes(), gradient.options());
    auto backward = x.is_cpu() ? backward_on_host : backward_on_device;
    backward(layers, x, gradient, results[0], joins ? results[1] : at::Tensor());
    return results;
  }

  void release_variables() override {
    input.reset_data();
    output.reset_data();
    layers.clear();
  }
};

void check(const at::Tensor& x, const at::Tensor& skipped, const Layers& layers) {
  TORCH_CHECK(!layers.empty(), "dense: expected a layer");
  TORCH_CHECK(x.dim() == 3 && (x.is_cpu() || dense_on_device(x, layers[0].units())) && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kDouble),
              "dense: expected x (S, B, in), float32 or float64, where such layers can go, got ", x.sizes(), " of ", x.scalar_type(), " on ", x.device());
  auto inputs = x.size(2);
  for (auto& layer : layers) {
    auto &weight = layer.weight, &bias = layer.bias;
    TORCH_CHECK(weight.dim() == 3 && bias.dim() == 3 && x.size(0) == weight.size(0) && inputs == weight.size(1) &&
                    bias.size(0) == weight.size(0) && bias.size(1) == 1 && bias.size(2) == weight.size(2),
                "dense: expected weight (S, in, out) and bias (S, 1, out) after x ", x.sizes(), ", got ", weight.sizes(), " and ",
                bias.sizes());
    for (auto& tensor : {weight, bias})
      TORCH_CHECK(tensor.device() == x.device() && tensor.scalar_type() == x.scalar_type() && compact(tensor),
                  "dense: expected parameters that lie member by member, of ", x.scalar_type(), " on ", x.device(), ", got ",
                  tensor.scalar_type(), " on ", tensor.device());
    TORCH_CHECK(layer.slope.size() <= kMostSteps, "dense: a slope has at most ", kMostSteps, " steps, got ", layer.slope.size());
    TORCH_CHECK(layer.join == Join::none ||
                    (skipped.defined() && skipped.sizes() == at::IntArrayRef({x.size(0), x.size(1), weight.size(2)}) &&
                     skipped.scalar_type() == x.scalar_type()),
                "dense: expected a skip path (S, B, ", weight.size(2), ") to join");
    if (layer.table.defined()) {
      auto& columns = layer.columns;
      Sink{layer.table}.check(x, {columns.mean, columns.deviation, columns.saturated, columns.nonfinite, columns.activation_gradient,
                                  columns.preactivation_gradient, columns.zeros});
    }
    inputs = weight.size(2);
  }
  TORCH_CHECK(!skipped.defined() || layers.back().join != Join::none, "dense: a skip path must join at the last layer");
}

Layer layer_of(const GtDenseLayer& from, int64_t members) {
  Layer layer;
  layer.weight = borrow(from.weight);
  layer.bias = borrow(from.bias);
  layer.weight_gradient = layer.weight.grad();
  layer.bias_gradient = layer.bias.grad();
  layer.version = layer.weight._version();
  layer.parameters.assign(from.parameters, from.parameters + members);
  if (from.slope != nullptr) {
    layer.slope.assign(from.slope, from.slope + from.slope_steps);
    layer.slope_parameters.assign(from.slope_parameters, from.slope_parameters + members);
    if (from.limits != nullptr) layer.limits.assign(from.limits, from.limits + members);
  }
  layer.scale = from.scale;
  layer.gate = static_cast<Gate>(from.gate);
  layer.join = static_cast<Join>(from.join);
  layer.columns = from.record;
  if (from.record.table != nullptr) layer.table = borrow(from.record.table);
  return layer;
}

}  // namespace

// Whether gt_dense takes x, on its way to layers of so many units.
GT_EXPORT int32_t gt_dense_takes(Handle x, int64_t units) {
  return guarded<int32_t>(0, [&]() -> int32_t {
    auto tensor = borrow(x);
    return tensor.is_cpu() || dense_on_device(tensor, units);
  });
}

// x (S, B, in); the skip path (S, B, out), or null where no layer joins one.
GT_EXPORT Handle gt_dense(Handle x_handle, Handle skipped_handle, const GtDenseLayer* from, int32_t count) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    auto x = borrow(x_handle), skipped = borrow(skipped_handle);
    Layers layers;
    bool graph = x.requires_grad();
    for (int32_t n = 0; n < count; n++) {
      layers.push_back(layer_of(from[n], x.dim() > 0 ? x.size(0) : 0));
      graph = graph || layers.back().weight.requires_grad();
    }
    check(x, skipped, layers);
    graph = graph && c10::GradMode::is_enabled();
    at::Tensor values;
    {
      at::AutoDispatchBelowADInplaceOrView below;
      values = compact(x) ? x : x.contiguous();
      auto forward = x.is_cpu() ? forward_on_host : forward_on_device;
      forward(layers, values, skipped);
    }
    auto& last = layers.back();
    auto result = last.output();
    if (!graph) return give(result);
    // The node keeps the numbers of the result, not the result, which keeps the node.
    (last.next.defined() ? last.next : last.state) = result.detach();
    for (auto& layer : layers)
      for (auto& gradient : {layer.weight_gradient, layer.bias_gradient})
        TORCH_CHECK(gradient.defined() && compact(gradient), "dense: weight and bias need a .grad to add to, member by member");
    auto node = std::shared_ptr<DenseNode>(new DenseNode(), torch::autograd::deleteNode);
    node->joins = skipped.defined();
    node->input = SavedVariable(values, false);
    node->layers = std::move(layers);
    node->set_next_edges(node->joins ? torch::autograd::collect_next_edges(x, skipped) : torch::autograd::collect_next_edges(x));
    torch::autograd::set_history(result, node);
    node->output = SavedVariable(result, true);
    return give(result);
  });
}
