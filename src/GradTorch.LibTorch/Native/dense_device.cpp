// Layers up to 128 wide go through kernels of our own from the first to the last: the first one's products and those of all weights' gradients
// apart, a launch takes as many layers as fit its arguments. Wider ones take their products from libtorch, one after the other.
#include "dense_device.h"

#include "dense.h"
#include "device_code.h"
#include "formula_device.h"
#include "gate_device.h"
#include "measure_device.h"
#include "member_numbers.h"

namespace gt {
namespace {

constexpr int64_t kWidest = 128;       // a thread has a column of weights in its registers
constexpr int64_t kThreads = 256;
constexpr int64_t kBlocksThatFill = 512;
constexpr size_t kMostLayers = (kMostArgumentBytes - 128) / sizeof(DeviceLayer), kMostSeen = 100;

// As the kernels have them.
struct AllLayers {
  DeviceLayer of[kMostLayers];
};

struct Seen {
  const void* entering;
  double* place;
  int64_t stride;
};

struct AllSeen {
  Seen of[kMostSeen];
};

// One number of each member for a kernel, and what keeps it there.
struct Numbers {
  at::Tensor kept;
  DeviceNumbers numbers;

  Numbers(const std::vector<double>& values, const at::Tensor& like) : numbers{nullptr, values.empty() ? 0 : values[0]} {
    if (std::all_of(values.begin(), values.end(), [&](double value) { return value == values[0]; })) return;
    kept = numbers_on_device(values, like);
    numbers.of = kept.data_ptr<double>();
  }
};

void* pointer(const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr() : nullptr; }

// What a launch needs to know of a stack.
struct Device {
  const Layers& layers;
  const at::Tensor& x;
  int64_t members, batch, units;
  Numbers parameters, slope_parameters;
  DeviceCode code;

  Device(const Layers& all, const at::Tensor& input)
      : layers(all), x(input), members(input.size(0)), batch(input.size(1)), units(all[0].units()), parameters(all[0].parameters, input),
        slope_parameters(all[0].slope_parameters, input) {
    bool surrogate = all[0].has_surrogate();
    code = {"dense layers",
            kDenseSource,
            {element_of(input.scalar_type() == at::kDouble), "UNITS=" + std::to_string(units), narrow() ? "NARROW=1" : "NARROW=0",
             "GATE=" + std::to_string(static_cast<int>(all[0].gate)), surrogate ? "SURROGATE=1" : "SURROGATE=0",
             "MOST_LAYERS=" + std::to_string(kMostLayers), "MOST_SEEN=" + std::to_string(kMostSeen)},
            surrogate ? kGates + device_function("slope", all[0].slope) : kGates};
  }

  bool narrow() const { return units <= kWidest; }
  int64_t columns() const { return (units + 31) / 32 * 32; }

  // Four examples at a time: few blocks of many, or many of few where there are few.
  Launch whole() const {
    auto fours = (batch + 3) / 4;
    auto groups = members * fours <= kBlocksThatFill ? 1 : kThreads / columns();
    return {(fours + groups - 1) / groups, members, groups * columns(), 1, 8 * units * groups * x.element_size()};
  }

  Launch elementwise() const { return {std::min<int64_t>((batch * units + kThreads - 1) / kThreads, 1024), members, kThreads}; }

  // A grid of blocks, each of `side` by `side` weights.
  Launch pieces(int64_t side, size_t count) const {
    auto along = (units + side - 1) / side;
    return {along * along, members, kThreads, static_cast<int64_t>(count)};
  }

  void run(const char* kernel, const Launch& shape, std::vector<void*> arguments) const { launch(code, kernel, x.device(), shape, arguments); }

  // Calls body(first, count) for as many layers as a launch takes.
  template <typename Body>
  void for_portions(bool upwards, Body body) const {
    auto portions = (layers.size() + kMostLayers - 1) / kMostLayers;
    for (size_t i = 0; i < portions; i++) {
      auto first = (upwards ? i : portions - 1 - i) * kMostLayers;
      body(first, std::min(kMostLayers, layers.size() - first));
    }
  }

  const at::Tensor& input(size_t n) const { return n == 0 ? x : layers[n - 1].output(); }
};

// What backward makes of each layer besides.
struct Deltas {
  at::Tensor all;                             // (L, S, B, units)
  std::vector<at::Tensor> totals, carried;  // undefined where they are not recorded
};

DeviceLayer forward_of(const Layer& layer) {
  DeviceLayer of{};
  of.weight = layer.weight.data_ptr();
  of.bias = layer.bias.data_ptr();
  of.state = layer.state.data_ptr();
  of.next = pointer(layer.next);
  of.entering = pointer(layer.entering);
  of.weight_stride = layer.weight.stride(0);
  of.bias_stride = layer.bias.stride(0);
  of.scale = layer.scale;
  of.join = static_cast<int>(layer.join);
  return of;
}

DeviceLayer backward_of(const Device& device, size_t n, const Deltas& deltas) {
  auto& layer = device.layers[n];
  auto of = forward_of(layer);
  of.weight_gradient = layer.weight_gradient.data_ptr();
  of.bias_gradient = layer.bias_gradient.data_ptr();
  of.weight_gradient_stride = layer.weight_gradient.stride(0);
  of.bias_gradient_stride = layer.bias_gradient.stride(0);
  of.input = n == 0 ? nullptr : device.input(n).data_ptr();  // the first one's is as wide as it likes
  of.delta = deltas.all.select(0, n).data_ptr();
  of.total = pointer(deltas.totals[n]);
  of.carried = pointer(deltas.carried[n]);
  return of;
}

DeviceRows rows_of(const Layer& layer, const at::Tensor& values) {
  DeviceRows rows{};
  rows.values = values.data_ptr();
  rows.member_stride = values.stride(0);
  rows.count = values.numel() / values.size(0);
  rows.table = layer.table.data_ptr<double>();
  rows.table_member_stride = layer.table.stride(0);
  rows.rows = 1;
  rows.nonfinite = layer.columns.nonfinite;
  return rows;
}

void measure_states(const Device& device) {
  std::vector<DeviceRows> all;
  std::vector<Seen> seen;
  for (auto& layer : device.layers) {
    if (!layer.table.defined()) continue;
    auto rows = rows_of(layer, layer.state);
    auto& columns = layer.columns;
    rows.moments = 1;
    rows.low = columns.low;
    rows.high = columns.high;
    rows.first = columns.mean;
    rows.second = columns.deviation;
    rows.third = layer.has_surrogate() ? -1 : columns.saturated;
    all.push_back(rows);
    if (layer.has_surrogate()) seen.push_back({layer.entering.data_ptr(), rows.table + columns.saturated, rows.table_member_stride});
  }
  measure_on_device(all, device.x);
  if (seen.empty()) return;
  Numbers limits(device.layers[0].limits, device.x);
  auto slope_parameters = device.slope_parameters.numbers;
  int64_t count = device.batch * device.units;
  for (size_t first = 0; first < seen.size(); first += kMostSeen) {
    AllSeen some{};
    auto length = std::min(kMostSeen, seen.size() - first);
    std::copy_n(seen.begin() + first, length, some.of);
    device.run("saturation", {1, device.members, kThreads, static_cast<int64_t>(length)}, {&some, &slope_parameters, &limits.numbers, &count});
  }
}

void measure_gradients(const Device& device, const Deltas& deltas) {
  std::vector<DeviceRows> totals, entering;
  for (size_t n = 0; n < device.layers.size(); n++) {
    auto& layer = device.layers[n];
    if (!layer.table.defined()) continue;
    auto total = rows_of(layer, deltas.totals[n]);
    std::tie(total.first, total.second, total.third) = std::tuple(layer.columns.activation_gradient, -1, -1);
    totals.push_back(total);
    auto delta = rows_of(layer, deltas.carried[n].defined() ? deltas.carried[n] : deltas.all.select(0, n));
    std::tie(delta.first, delta.second, delta.third) = std::tuple(layer.columns.preactivation_gradient, layer.columns.zeros, -1);
    entering.push_back(delta);
  }
  totals.insert(totals.end(), entering.begin(), entering.end());
  measure_on_device(totals, device.x);
}

void forward_narrow(const Device& device, const at::Tensor& path) {
  auto state = device.layers[0].state;
  at::bmm_out(state, device.x, device.layers[0].weight);
  auto stream = pointer(path);
  auto parameters = device.parameters.numbers;
  auto batch = device.batch;
  device.for_portions(true, [&](size_t first, size_t length) {
    AllLayers all{};
    for (size_t n = 0; n < length; n++) all.of[n] = forward_of(device.layers[first + n]);
    auto count = static_cast<int>(length);
    auto before = first == 0 ? nullptr : device.input(first).data_ptr();
    device.run("forward", device.whole(), {&all, &count, &before, &stream, &parameters, &batch});
  });
}

void forward_wide(const Device& device, const at::Tensor& path) {
  auto stream = pointer(path);
  auto parameters = device.parameters.numbers;
  int64_t count = device.batch * device.units;
  for (size_t n = 0; n < device.layers.size(); n++) {
    auto state = device.layers[n].state;
    at::bmm_out(state, device.input(n), device.layers[n].weight);
    auto layer = forward_of(device.layers[n]);
    device.run("forward", device.elementwise(), {&layer, &stream, &parameters, &count});
  }
}

void backward_narrow(const Device& device, const at::Tensor& gradient, const at::Tensor& path, const Deltas& deltas) {
  auto depth = static_cast<int64_t>(device.layers.size());
  auto options = gradient.options();
  auto turned = at::empty({depth, device.members, device.units, device.units}, options);
  auto between = depth > static_cast<int64_t>(kMostLayers) ? at::empty(gradient.sizes(), options) : at::Tensor();
  auto from = gradient.data_ptr(), stream = pointer(path);
  auto parameters = device.parameters.numbers, slope_parameters = device.slope_parameters.numbers;
  auto batch = device.batch;
  device.for_portions(false, [&](size_t first, size_t length) {
    AllLayers all{};
    for (size_t n = 0; n < length; n++) all.of[n] = backward_of(device, first + n, deltas);
    auto count = static_cast<int>(length);
    // The first layer of all has other inputs: its weights stay as they are.
    auto own = turned.select(0, static_cast<int64_t>(first)).data_ptr(), down = first == 0 ? nullptr : between.data_ptr();
    auto turning = all;
    if (first == 0) std::copy(all.of + 1, all.of + length, turning.of);
    auto to = first == 0 && depth > 1 ? turned.select(0, 1).data_ptr() : own;
    if (auto several = first == 0 ? length - 1 : length) device.run("turn", device.pieces(32, several), {&turning, &to});
    device.run("backward", device.whole(), {&all, &count, &own, &from, &stream, &down, &parameters, &slope_parameters, &batch});
    device.run("weight_gradients", device.pieces(device.units > 32 ? 64 : 32, length), {&all, &batch});
    from = down;
  });
  auto weight_gradient = device.layers[0].weight_gradient;
  weight_gradient.baddbmm_(device.x.transpose(1, 2), deltas.all.select(0, 0));
}

void backward_wide(const Device& device, const at::Tensor& gradient, const at::Tensor& path, const Deltas& deltas) {
  auto stream = pointer(path);
  auto parameters = device.parameters.numbers, slope_parameters = device.slope_parameters.numbers;
  int64_t count = device.batch * device.units;
  auto flowing = gradient;
  for (auto n = device.layers.size(); n-- > 0;) {
    auto& of = device.layers[n];
    auto layer = backward_of(device, n, deltas);
    auto from = flowing.data_ptr();
    device.run("backward", device.elementwise(), {&layer, &from, &stream, &parameters, &slope_parameters, &count});
    auto delta = deltas.all.select(0, n);
    auto weight_gradient = of.weight_gradient, bias_gradient = of.bias_gradient;
    weight_gradient.baddbmm_(device.input(n).transpose(1, 2), delta);
    bias_gradient.add_(delta.sum(1, /*keepdim=*/true));
    if (n > 0) flowing = delta.bmm(of.weight.transpose(1, 2));
  }
}

}  // namespace

bool dense_on_device(const at::Tensor& x, int64_t units) {
  return x.dim() == 3 && launches_on(x.device(), x.size(0)) && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kDouble) &&
         x.numel() > 0 && units > 0;
}

void forward_on_device(Layers& layers, const at::Tensor& x, const at::Tensor& skipped) {
  auto& first = layers[0];
  auto depth = static_cast<int64_t>(layers.size());
  std::vector<int64_t> sizes{depth, x.size(0), x.size(1), first.units()};
  auto states = at::empty(sizes, x.options()), entering = first.has_surrogate() ? at::empty(sizes, x.options()) : at::Tensor();
  for (int64_t n = 0; n < depth; n++) {
    auto& layer = layers[n];
    TORCH_CHECK(layer.units() == first.units() && layer.gate == first.gate && layer.parameters == first.parameters &&
                    layer.has_surrogate() == first.has_surrogate() && layer.slope_parameters == first.slope_parameters,
                "dense: layers on a CUDA device must be of one width and one activation");
    layer.state = states.select(0, n);
    if (entering.defined()) layer.entering = entering.select(0, n);
    if (layer.join == Join::after_activation) layer.next = at::empty_like(layer.state);
  }
  Device device(layers, x);
  auto path = skipped.defined() ? skipped.clone(at::MemoryFormat::Contiguous) : at::Tensor();
  if (device.narrow()) forward_narrow(device, path);
  else forward_wide(device, path);
  measure_states(device);
}

void backward_on_device(const Layers& layers, const at::Tensor& x, const at::Tensor& gradient, const at::Tensor& x_gradient,
                        const at::Tensor& skip_gradient) {
  Device device(layers, x);
  auto depth = static_cast<int64_t>(layers.size());
  auto options = gradient.options();
  std::vector<int64_t> sizes{depth, device.members, device.batch, device.units};
  bool records = std::any_of(layers.begin(), layers.end(), [](auto& layer) { return layer.table.defined(); });
  Deltas deltas{at::empty(sizes, options), std::vector<at::Tensor>(layers.size()), std::vector<at::Tensor>(layers.size())};
  auto totals = records ? at::empty(sizes, options) : at::Tensor();
  for (size_t n = 0; n < layers.size(); n++) {
    if (!layers[n].table.defined()) continue;
    deltas.totals[n] = totals.select(0, static_cast<int64_t>(n));
    if (layers[n].join == Join::before_activation) deltas.carried[n] = at::empty(gradient.sizes(), options);
  }
  auto path = layers.back().join != Join::none ? at::zeros(gradient.sizes(), options) : at::Tensor();
  if (device.narrow()) backward_narrow(device, gradient, path, deltas);
  else backward_wide(device, gradient, path, deltas);
  measure_gradients(device, deltas);
  auto down = x_gradient;
  if (down.defined()) at::bmm_out(down, deltas.all.select(0, 0), layers[0].weight.transpose(1, 2));
  if (skip_gradient.defined()) skip_gradient.copy_(path);
}

}  // namespace gt
