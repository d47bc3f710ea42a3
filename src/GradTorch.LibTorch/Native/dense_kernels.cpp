#include "dense_kernels.h"

#include <algorithm>

namespace gt {
namespace {

// Calls body(integral_constant<Join, join>()).
template <typename Body>
GT_BODY auto with_join(Join join, Body body) {
  switch (join) {
    case Join::before_activation: return body(std::integral_constant<Join, Join::before_activation>());
    case Join::after_activation: return body(std::integral_constant<Join, Join::after_activation>());
    default: return body(std::integral_constant<Join, Join::none>());
  }
}

template <Gate gate, Join join, typename V>
GT_BODY void forward_rows(const DenseForward<Element<V>>& layer) {
  for (int64_t at = 0; at < layer.batch * layer.units; at += layer.units) {
    for_lanes<V>(layer.units, [&](int64_t j, auto n) __attribute__((always_inline)) {
      V z = load<V>(layer.state + at + j, n) + load<V>(layer.bias + j, n);
      if constexpr (join == Join::before_activation) {
        z = load<V>(layer.stream + at + j, n) + layer.scale * z;
        store<V>(layer.stream + at + j, z, n);
      }
      if (layer.entering != nullptr) store<V>(layer.entering + at + j, z, n);
      V h = activate<gate, V>(z, layer.parameter);
      store<V>(layer.state + at + j, h, n);
      if constexpr (join == Join::after_activation)
        store<V>(layer.stream + at + j, load<V>(layer.stream + at + j, n) + layer.scale * h, n);
    });
  }
}

template <Gate gate, Join join, bool record, typename V>
GT_BODY DenseSums backward_rows(const DenseBackward<Element<V>>& layer) {
  std::fill_n(layer.sums, layer.units, Element<V>(0));
  Wide<V> totals, deltas;
  V zeros{};
  int64_t padding = 0;
  for (int64_t at = 0; at < layer.batch * layer.units; at += layer.units) {
    for_lanes<V>(layer.units, [&](int64_t j, auto n) __attribute__((always_inline)) {
      V total = load<V>(layer.upstream + at + j, n);
      if constexpr (join == Join::after_activation) {
        total += load<V>(layer.carry + at + j, n);
        store<V>(layer.carry + at + j, total, n);
        total *= layer.scale;
      }
      V entering = layer.slopes != nullptr ? total * load<V>(layer.slopes + at + j, n)
                                                  : through_slope<gate, V>(total, load<V>(layer.state + at + j, n), layer.parameter);
      V delta = entering;
      if constexpr (join == Join::before_activation) {
        entering += load<V>(layer.carry + at + j, n);
        store<V>(layer.carry + at + j, entering, n);
        delta = entering * layer.scale;
      }
      store<V>(layer.delta + at + j, delta, n);
      store<V>(layer.sums + j, load<V>(layer.sums + j, n) + delta, n);
      if constexpr (record) {
        store<V>(layer.upstream + at + j, total, n);
        totals.add_square(Wide<V>(total));
        deltas.add_square(Wide<V>(entering));
        zeros += entering == 0 ? splat<V>(1) : V{};
        padding += kLanes<V> - n;
      }
    });
  }
  return {totals.sum(), deltas.sum(), static_cast<int64_t>(Wide<V>(zeros).sum()) - padding};
}

template <typename V>
GT_BODY void forward_body(const DenseForward<Element<V>>& layer) {
  with_gate(layer.gate, [&](auto gate) __attribute__((always_inline)) {
    with_join(layer.join, [&](auto join) __attribute__((always_inline)) { forward_rows<gate(), join(), V>(layer); });
  });
}

template <bool record, typename V>
GT_BODY DenseSums backward_body(const DenseBackward<Element<V>>& layer) {
  return with_gate(layer.gate, [&](auto gate) __attribute__((always_inline)) {
    return with_join(layer.join, [&](auto join) __attribute__((always_inline)) { return backward_rows<gate(), join(), record, V>(layer); });
  });
}

GT_KERNEL(void, forward32, (const DenseForward<float>& layer), forward_body<Lanes<float, width>>(layer))
GT_KERNEL(void, forward64, (const DenseForward<double>& layer), forward_body<Lanes<double, width>>(layer))
GT_KERNEL(DenseSums, unrecorded32, (const DenseBackward<float>& layer), backward_body<false, Lanes<float, width>>(layer))
GT_KERNEL(DenseSums, unrecorded64, (const DenseBackward<double>& layer), backward_body<false, Lanes<double, width>>(layer))
GT_KERNEL(DenseSums, recorded32, (const DenseBackward<float>& layer), backward_body<true, Lanes<float, width>>(layer))
GT_KERNEL(DenseSums, recorded64, (const DenseBackward<double>& layer), backward_body<true, Lanes<double, width>>(layer))

}  // namespace

void forward_dense(const DenseForward<float>& layer) { forward32(layer); }
void forward_dense(const DenseForward<double>& layer) { forward64(layer); }

DenseSums backward_dense(const DenseBackward<float>& layer) { return layer.record ? recorded32(layer) : unrecorded32(layer); }
DenseSums backward_dense(const DenseBackward<double>& layer) { return layer.record ? recorded64(layer) : unrecorded64(layer); }

}  // namespace gt
