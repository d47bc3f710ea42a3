// A stack of layers h_n = g(h_{n-1} W_n + b_n), with skip paths or without, as one node. Every member goes through all of them by itself,
// so that what it has at hand stays in cache, and on a core of its own if there are several. Forward keeps h, from which the slope
// follows, and what enters g where a surrogate has another; backward goes through slope, bias gradient and what is recorded in one pass. On the CPU.
#include "dense_kernels.h"
#include "formula.h"
#include "measure.h"
#include "members.h"
#include "products.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <vector>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

// How GradTorch.LibTorch.DenseStack hands over what is recorded of a layer: the columns of a table.
struct GtDenseRecord {
  Handle table;  // float64 (S, Q); null where nothing is recorded
  double low, high;
  int32_t mean, deviation, saturated, nonfinite;
  int32_t activation_gradient, preactivation_gradient, zeros;
};

struct GtDenseLayer {
  Handle weight, bias;       // (S, in, out) and (S, 1, out), which must have their .grad
  const double* parameters;  // of the gate, one per member
  const Step* slope;         // of a surrogate; null for the gate's own
  const double* slope_parameters;
  const double* limits;      // slopes up to these are saturated; null where nothing is recorded
  double scale;
  int32_t gate, join, slope_steps;
  GtDenseRecord record;
};

namespace {

struct Layer {
  at::Tensor weight, bias, weight_gradient, bias_gradient;
  uint32_t version;  // of the weight in forward
  at::Tensor state;  // (S, B, out) h
  at::Tensor next;   // (S, B, out) what the next layer takes, where that is not h
  at::Tensor entering;  // (S, B, out) what enters g, if a surrogate's slope needs it
  std::vector<double> parameters, slope_parameters, limits;
  std::vector<Step> slope;
  double scale;
  Gate gate;
  Join join;
  at::Tensor table;
  GtDenseRecord columns;

  int64_t inputs() const { return weight.size(1); }
  int64_t units() const { return weight.size(2); }
  bool has_surrogate() const { return !slope.empty(); }
  const at::Tensor& output() const { return next.defined() ? next : state; }

  template <typename T>
  T* of(const at::Tensor& tensor, int64_t m) const {
    return tensor.data_ptr<T>() + m * tensor.stride(0);
  }

  // The surrogate's slopes of a member.
  template <typename T>
  at::Tensor slopes(int64_t m) const {
    auto slopes = at::empty(entering.sizes().slice(1), entering.options());
    evaluate(slope.data(), slope.size(), of<T>(entering, m), slope_parameters[m], slopes.template data_ptr<T>(), slopes.numel());
    return slopes;
  }

  // The fraction of slopes that are saturated.
  template <typename T>
  double saturated(int64_t m) const {
    at::Tensor each = slopes<T>(m);
    auto data = each.data_ptr<T>();
    auto limit = static_cast<T>(limits[m]);
    return static_cast<double>(std::count_if(data, data + each.numel(), [&](T slope) { return std::abs(slope) <= limit; })) / each.numel();
  }
};

// All that a member's way forwards and back takes.
struct Stack {
  std::vector<Layer> layers;

  const Layer& last() const { return layers.back(); }

  int64_t widest() const {
    int64_t widest = 0;
    for (auto& layer : layers) widest = std::max(widest, layer.units());
    return widest;
  }

  template <typename T>
  void forward(int64_t m, const at::Tensor& x, const at::Tensor& skipped) {
    auto batch = x.size(1);
    auto input = x.data_ptr<T>() + m * x.stride(0);
    at::Tensor stream;
    if (skipped.defined()) stream = skipped.select(0, m).clone();
    for (auto& layer : layers) {
      auto state = layer.of<T>(layer.state, m);
      multiply({input}, {layer.of<T>(layer.weight, m)}, state, batch, layer.inputs(), layer.units(), false);
      forward_dense(DenseForward<T>{batch, layer.units(), layer.gate, static_cast<T>(layer.parameters[m]), layer.join,
                                    static_cast<T>(layer.scale), layer.of<T>(layer.bias, m), state,
                                    layer.has_surrogate() ? layer.of<T>(layer.entering, m) : nullptr, stream.defined() ? stream.data_ptr<T>() : nullptr});
      if (layer.table.defined()) {
        auto& columns = layer.columns;
        measure_activation(state, batch * layer.units(), Sink{layer.table}.member(m), columns.mean, columns.deviation,
                           columns.saturated, columns.nonfinite, columns.low, columns.high);
        if (layer.has_surrogate()) Sink{layer.table}.member(m)[columns.saturated] = layer.saturated<T>(m);
      }
      if (layer.next.defined()) std::copy_n(stream.data_ptr<T>(), batch * layer.units(), layer.of<T>(layer.next, m));
      input = layer.of<T>(layer.output(), m);
    }
  }

  template <typename T>
  void backward(int64_t m, const at::Tensor& x, const at::Tensor& gradient, const at::Tensor& x_gradient,
                const at::Tensor& stream_gradient) {
    auto batch = x.size(1);
    auto options = gradient.options();
    // Of these the first takes what comes from the layer above, the second what goes down.
    auto upstream = at::empty({batch, widest()}, options), delta = at::empty({batch, widest()}, options);
    auto sums = at::empty({widest()}, options);
    at::Tensor carry;
    if (last().join != Join::none) carry = at::zeros({batch, last().units()}, options);
    std::copy_n(gradient.data_ptr<T>() + m * gradient.stride(0), batch * last().units(), upstream.data_ptr<T>());
    for (auto n = static_cast<int64_t>(layers.size()) - 1; n >= 0; n--) {
      auto& layer = layers[n];
      auto units = layer.units();
      at::Tensor slopes = layer.has_surrogate() ? layer.template slopes<T>(m) : at::Tensor();
      DenseBackward<T> pass{batch, units, layer.gate, static_cast<T>(layer.parameters[m]), layer.join, static_cast<T>(layer.scale),
                            layer.table.defined(), layer.of<T>(layer.state, m),
                            slopes.defined() ? slopes.data_ptr<T>() : nullptr, upstream.data_ptr<T>(),
                            carry.defined() ? carry.data_ptr<T>() : nullptr, delta.data_ptr<T>(), sums.data_ptr<T>()};
      auto measured = backward_dense(pass);
      if (layer.table.defined()) write(layer, pass, measured, Sink{layer.table}.member(m));
      auto bias_gradient = layer.of<T>(layer.bias_gradient, m);
      for (int64_t j = 0; j < units; j++) bias_gradient[j] += pass.sums[j];
      auto input = n == 0 ? x.data_ptr<T>() + m * x.stride(0) : layers[n - 1].template of<T>(layers[n - 1].output(), m);
      multiply({input, true}, {pass.delta}, layer.of<T>(layer.weight_gradient, m), layer.inputs(), batch, units, true);
      auto down = n > 0 ? upstream.data_ptr<T>() : x_gradient.defined() ? layer.of<T>(x_gradient, m) : nullptr;
      if (down != nullptr) multiply({pass.delta}, {layer.of<T>(layer.weight, m), true}, down, batch, units, layer.inputs(), false);
    }
    if (stream_gradient.defined()) stream_gradient.select(0, m).copy_(carry);
  }

  template <typename T>
  static void write(const Layer& layer, const DenseBackward<T>& pass, const DenseSums& sums, double* place) {
    auto& columns = layer.columns;
    auto count = pass.batch * pass.units;
    // What entered the activation has the skip path's part as well, which the kernel leaves in the carry.
    const T* entering = pass.join == Join::before_activation ? pass.carry : pass.delta;
    auto total = root<T>(sums.total, count, [&](int64_t i) { return pass.upstream[i]; });
    auto delta = root<T>(sums.delta, count, [&](int64_t i) { return entering[i]; });
    place[columns.activation_gradient] = total;
    place[columns.preactivation_gradient] = delta;
    place[columns.zeros] = count == 0 ? 0 : static_cast<double>(sums.zeros) / count;
    if (!std::isfinite(total) || !std::isfinite(delta))
      place[columns.nonfinite] += count_nonfinite(pass.upstream, count) + count_nonfinite(entering, count);
  }
};

struct DenseNode : Node {
  SavedVariable input, output;
  Stack stack;
  bool joins;

  std::string name() const override { return "DenseStack"; }

  variable_list apply(variable_list&& gradients) override {
    at::AutoDispatchBelowADInplaceOrView below;
    variable_list results(joins ? 2 : 1);
    if (!gradients[0].defined()) return results;
    auto gradient = gradients[0].contiguous();
    auto x = input.unpack();
    output.unpack(shared_from_this());  // throws if it was changed since
    for (auto& layer : stack.layers)
      TORCH_CHECK(layer.weight._version() == layer.version, "dense: a weight was changed between forward and backward");
    if (task_should_compute_output(0)) results[0] = at::empty(x.sizes(), x.options());
    if (joins && task_should_compute_output(1)) results[1] = at::empty(gradient.sizes(), gradient.options());
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "DenseStack", [&] {
      for_members(x.size(0), [&](int64_t m) {
        stack.backward<scalar_t>(m, x, gradient, results[0], joins ? results[1] : at::Tensor());
      });
    });
    return results;
  }

  void release_variables() override {
    input.reset_data();
    output.reset_data();
    stack.layers.clear();
  }
};

void check(const at::Tensor& x, const at::Tensor& skipped, const std::vector<Layer>& layers) {
  TORCH_CHECK(x.dim() == 3 && x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kDouble),
              "dense: expected x (S, B, in), float32 or float64 on the CPU, got ", x.sizes(), " of ", x.scalar_type(), " on ", x.device());
  TORCH_CHECK(!layers.empty(), "dense: expected a layer");
  auto inputs = x.size(2);
  for (auto& layer : layers) {
    auto &weight = layer.weight, &bias = layer.bias;
    TORCH_CHECK(weight.dim() == 3 && bias.dim() == 3 && x.size(0) == weight.size(0) && inputs == weight.size(1) &&
                    bias.size(0) == weight.size(0) && bias.size(1) == 1 && bias.size(2) == weight.size(2),
                "dense: expected weight (S, in, out) and bias (S, 1, out) after x ", x.sizes(), ", got ", weight.sizes(), " and ",
                bias.sizes());
    for (auto& tensor : {weight, bias})
      TORCH_CHECK(tensor.is_cpu() && tensor.scalar_type() == x.scalar_type() && compact(tensor),
                  "dense: expected parameters that lie member by member, of ", x.scalar_type(), " on the CPU, got ",
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

// x (S, B, in); the skip path (S, B, out), or null where no layer joins one.
GT_EXPORT Handle gt_dense(Handle x_handle, Handle skipped_handle, const GtDenseLayer* layers, int32_t count) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    auto x = borrow(x_handle), skipped = borrow(skipped_handle);
    Stack stack;
    bool graph = x.requires_grad();
    for (int32_t n = 0; n < count; n++) {
      stack.layers.push_back(layer_of(layers[n], x.dim() > 0 ? x.size(0) : 0));
      graph = graph || stack.last().weight.requires_grad();
    }
    check(x, skipped, stack.layers);
    graph = graph && c10::GradMode::is_enabled();
    at::Tensor values;
    {
      at::AutoDispatchBelowADInplaceOrView below;
      values = compact(x) ? x : x.contiguous();
      for (auto& layer : stack.layers) {
        layer.state = at::empty({x.size(0), x.size(1), layer.units()}, x.options());
        if (layer.has_surrogate()) layer.entering = at::empty_like(layer.state);
        if (layer.join == Join::after_activation) layer.next = at::empty_like(layer.state);
      }
      AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "DenseStack", [&] {
        for_members(x.size(0), [&](int64_t m) { stack.forward<scalar_t>(m, values, skipped); });
      });
    }
    auto result = stack.last().output();
    if (!graph) return give(result);
    auto& outer = stack.layers.back();
    // The node keeps the numbers of the result, not the result, which keeps the node.
    (outer.next.defined() ? outer.next : outer.state) = result.detach();
    for (auto& layer : stack.layers)
      for (auto& gradient : {layer.weight_gradient, layer.bias_gradient})
        TORCH_CHECK(gradient.defined() && compact(gradient), "dense: weight and bias need a .grad to add to, member by member");
    auto node = std::shared_ptr<DenseNode>(new DenseNode(), torch::autograd::deleteNode);
    node->joins = skipped.defined();
    node->input = SavedVariable(values, false);
    node->stack = std::move(stack);
    node->set_next_edges(node->joins ? torch::autograd::collect_next_edges(x, skipped) : torch::autograd::collect_next_edges(x));
    torch::autograd::set_history(result, node);
    node->output = SavedVariable(result, true);
    return give(result);
  });
}
