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

template <Gate gate, Join join, typename T>
GT_BODY void forward_rows(const DenseForward<T>& layer) {
  for (int64_t at = 0; at < layer.batch * layer.units; at += layer.units) {
    for_lanes(layer.units, [&](int64_t j, auto n) __attribute__((always_inline)) {
      Lanes<T> z = load(layer.state + at + j, n) + load(layer.bias + j, n);
      if constexpr (join == Join::before_activation) {
        z = load(layer.stream + at + j, n) + layer.scale * z;
        store<T>(layer.stream + at + j, z, n);
      }
      if (layer.entering != nullptr) store<T>(layer.entering + at + j, z, n);
      Lanes<T> h = activate<gate, T>(z, layer.parameter);
      store<T>(layer.state + at + j, h, n);
      if constexpr (join == Join::after_activation)
        store<T>(layer.stream + at + j, load(layer.stream + at + j, n) + layer.scale * h, n);
    });
  }
}

template <Gate gate, Join join, bool record, typename T>
GT_BODY DenseSums backward_rows(const DenseBackward<T>& layer) {
  std::fill_n(layer.sums, layer.units, T(0));
  DoubleLanes totals{}, deltas{};
  Lanes<T> zeros{};
  int64_t padding = 0;
  for (int64_t at = 0; at < layer.batch * layer.units; at += layer.units) {
    for_lanes(layer.units, [&](int64_t j, auto n) __attribute__((always_inline)) {
      Lanes<T> total = load(layer.upstream + at + j, n);
      if constexpr (join == Join::after_activation) {
        total += load(layer.carry + at + j, n);
        store<T>(layer.carry + at + j, total, n);
        total *= layer.scale;
      }
      Lanes<T> entering = layer.slopes != nullptr ? total * load(layer.slopes + at + j, n)
                                                  : through_slope<gate, T>(total, load(layer.state + at + j, n), layer.parameter);
      Lanes<T> delta = entering;
      if constexpr (join == Join::before_activation) {
        entering += load(layer.carry + at + j, n);
        store<T>(layer.carry + at + j, entering, n);
        delta = entering * layer.scale;
      }
      store<T>(layer.delta + at + j, delta, n);
      store<T>(layer.sums + j, load(layer.sums + j, n) + delta, n);
      if constexpr (record) {
        store<T>(layer.upstream + at + j, total, n);
        DoubleLanes wide = widen<T>(total);
        totals += wide * wide;
        wide = widen<T>(entering);
        deltas += wide * wide;
        zeros += entering == 0 ? splat<T>(1) : Lanes<T>{};
        padding += kLanes - n;
      }
    });
  }
  return {fold(totals), fold(deltas), static_cast<int64_t>(fold(widen<T>(zeros))) - padding};
}

template <typename T>
GT_BODY void forward_body(const DenseForward<T>& layer) {
  with_gate(layer.gate, [&](auto gate) __attribute__((always_inline)) {
    with_join(layer.join, [&](auto join) __attribute__((always_inline)) { forward_rows<gate(), join()>(layer); });
  });
}

template <bool record, typename T>
GT_BODY DenseSums backward_body(const DenseBackward<T>& layer) {
  return with_gate(layer.gate, [&](auto gate) __attribute__((always_inline)) {
    return with_join(layer.join, [&](auto join) __attribute__((always_inline)) { return backward_rows<gate(), join(), record>(layer); });
  });
}

GT_CLONES DenseSums unrecorded(const DenseBackward<float>& layer) { return backward_body<false>(layer); }
GT_CLONES DenseSums unrecorded(const DenseBackward<double>& layer) { return backward_body<false>(layer); }
GT_CLONES DenseSums recorded(const DenseBackward<float>& layer) { return backward_body<true>(layer); }
GT_CLONES DenseSums recorded(const DenseBackward<double>& layer) { return backward_body<true>(layer); }

}  // namespace

GT_CLONES void forward_dense(const DenseForward<float>& layer) { forward_body(layer); }
GT_CLONES void forward_dense(const DenseForward<double>& layer) { forward_body(layer); }

DenseSums backward_dense(const DenseBackward<float>& layer) { return layer.record ? recorded(layer) : unrecorded(layer); }
DenseSums backward_dense(const DenseBackward<double>& layer) { return layer.record ? recorded(layer) : unrecorded(layer); }

}  // namespace gt
