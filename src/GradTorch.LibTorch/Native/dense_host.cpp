// Every member goes through all layers by itself, so that what it has at hand stays in cache, and on a core of its own if there are
// several. Backward goes through slope, bias gradient and what is recorded in one pass.
#include "dense.h"
#include "members.h"
#include "products.h"

namespace gt {
namespace {

template <typename T>
T* of(const at::Tensor& tensor, int64_t m) {
  return tensor.data_ptr<T>() + m * tensor.stride(0);
}

// A surrogate's slopes of a member.
template <typename T>
at::Tensor slopes_of(const Layer& layer, int64_t m) {
  auto slopes = at::empty(layer.entering.sizes().slice(1), layer.entering.options());
  evaluate(layer.slope.data(), layer.slope.size(), of<T>(layer.entering, m), layer.slope_parameters[m], slopes.template data_ptr<T>(),
           slopes.numel());
  return slopes;
}

// The fraction of slopes that are saturated.
template <typename T>
double saturated(const Layer& layer, int64_t m) {
  auto slopes = slopes_of<T>(layer, m);
  auto each = slopes.template data_ptr<T>();
  auto limit = static_cast<T>(layer.limits[m]);
  return static_cast<double>(std::count_if(each, each + slopes.numel(), [&](T slope) { return std::abs(slope) <= limit; })) /
         slopes.numel();
}

template <typename T>
void forward_member(const Layers& layers, int64_t m, const at::Tensor& x, const at::Tensor& skipped) {
  auto batch = x.size(1);
  const T* input = of<T>(x, m);
  at::Tensor stream;
  if (skipped.defined()) stream = skipped.select(0, m).clone();
  for (auto& layer : layers) {
    auto state = of<T>(layer.state, m);
    multiply({input}, {of<T>(layer.weight, m)}, state, batch, layer.inputs(), layer.units(), false);
    forward_dense(DenseForward<T>{batch, layer.units(), layer.gate, static_cast<T>(layer.parameters[m]), layer.join,
                                  static_cast<T>(layer.scale), of<T>(layer.bias, m), state,
                                  layer.has_surrogate() ? of<T>(layer.entering, m) : nullptr,
                                  stream.defined() ? stream.data_ptr<T>() : nullptr});
    if (layer.table.defined()) {
      auto& columns = layer.columns;
      measure_activation(state, batch * layer.units(), Sink{layer.table}.member(m), columns.mean, columns.deviation, columns.saturated,
                         columns.nonfinite, columns.low, columns.high);
      if (layer.has_surrogate()) Sink{layer.table}.member(m)[columns.saturated] = saturated<T>(layer, m);
    }
    if (layer.next.defined()) std::copy_n(stream.data_ptr<T>(), batch * layer.units(), of<T>(layer.next, m));
    input = of<T>(layer.output(), m);
  }
}

template <typename T>
void write(const Layer& layer, const DenseBackward<T>& pass, const DenseSums& sums, double* place) {
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

int64_t widest(const Layers& layers) {
  int64_t widest = 0;
  for (auto& layer : layers) widest = std::max(widest, layer.units());
  return widest;
}

template <typename T>
void backward_member(const Layers& layers, int64_t m, const at::Tensor& x, const at::Tensor& gradient, const at::Tensor& x_gradient,
                     const at::Tensor& skip_gradient) {
  auto batch = x.size(1), most = widest(layers);
  auto& last = layers.back();
  auto options = gradient.options();
  // Of these the first takes what comes from the layer above, the second what goes down.
  auto upstream = at::empty({batch, most}, options), delta = at::empty({batch, most}, options);
  auto sums = at::empty({most}, options);
  at::Tensor carry;
  if (last.join != Join::none) carry = at::zeros({batch, last.units()}, options);
  std::copy_n(of<T>(gradient, m), batch * last.units(), upstream.data_ptr<T>());
  for (auto n = static_cast<int64_t>(layers.size()) - 1; n >= 0; n--) {
    auto& layer = layers[n];
    auto units = layer.units();
    at::Tensor slopes = layer.has_surrogate() ? slopes_of<T>(layer, m) : at::Tensor();
    DenseBackward<T> pass{batch, units, layer.gate, static_cast<T>(layer.parameters[m]), layer.join, static_cast<T>(layer.scale),
                          layer.table.defined(), of<T>(layer.state, m), slopes.defined() ? slopes.data_ptr<T>() : nullptr,
                          upstream.data_ptr<T>(), carry.defined() ? carry.data_ptr<T>() : nullptr, delta.data_ptr<T>(),
                          sums.data_ptr<T>()};
    auto measured = backward_dense(pass);
    if (layer.table.defined()) write(layer, pass, measured, Sink{layer.table}.member(m));
    auto bias_gradient = of<T>(layer.bias_gradient, m);
    for (int64_t j = 0; j < units; j++) bias_gradient[j] += pass.sums[j];
    auto input = of<T>(n == 0 ? x : layers[n - 1].output(), m);
    multiply({input, true}, {pass.delta}, of<T>(layer.weight_gradient, m), layer.inputs(), batch, units, true);
    auto down = n > 0 ? upstream.data_ptr<T>() : x_gradient.defined() ? of<T>(x_gradient, m) : nullptr;
    if (down != nullptr) multiply({pass.delta}, {of<T>(layer.weight, m), true}, down, batch, units, layer.inputs(), false);
  }
  if (skip_gradient.defined()) skip_gradient.select(0, m).copy_(carry);
}

}  // namespace

void forward_on_host(Layers& layers, const at::Tensor& x, const at::Tensor& skipped) {
  for (auto& layer : layers) {
    layer.state = at::empty({x.size(0), x.size(1), layer.units()}, x.options());
    if (layer.has_surrogate()) layer.entering = at::empty_like(layer.state);
    if (layer.join == Join::after_activation) layer.next = at::empty_like(layer.state);
  }
  AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "DenseStack", [&] {
    for_members(x.size(0), [&](int64_t m) { forward_member<scalar_t>(layers, m, x, skipped); });
  });
}

void backward_on_host(const Layers& layers, const at::Tensor& x, const at::Tensor& gradient, const at::Tensor& x_gradient,
                      const at::Tensor& skip_gradient) {
  AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "DenseStack", [&] {
    for_members(x.size(0), [&](int64_t m) { backward_member<scalar_t>(layers, m, x, gradient, x_gradient, skip_gradient); });
  });
}

}  // namespace gt
