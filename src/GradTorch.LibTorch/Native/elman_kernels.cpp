#include "elman_kernels.h"

#include <algorithm>

namespace gt {
namespace {

template <Gate gate, typename V>
GT_BODY void forward_rows(const ForwardCell<Element<V>>& cell) {
  auto [batch, hidden, features] = cell.shape;
  for (int64_t row = 0; row < batch; row++) {
    auto state = cell.state + row * hidden;
    if (!cell.lengths.running(row)) {
      if (cell.before == nullptr) std::fill_n(state, hidden, Element<V>(0));
      else std::copy_n(cell.before + row * hidden, hidden, state);
      continue;
    }
    auto x = cell.x + row * features;
    for_lanes<V>(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      V a = load<V>(cell.bias + j, n);
      for (int64_t d = 0; d < features; d++) a += x[d] * load<V>(cell.input + d * hidden + j, n);
      if (cell.product) a += load<V>(state + j, n);
      store<V>(state + j, activate<gate, V>(a, cell.parameter), n);
    });
  }
}

template <Gate gate, bool record, typename V>
GT_BODY CellRecord backward_rows(const BackwardCell<Element<V>>& cell) {
  auto [batch, hidden, features] = cell.shape;
  std::fill_n(cell.sums, (1 + features) * hidden, Element<V>(0));
  Wide<V> totals, deltas;
  V zeros{};
  int64_t padding = 0;
  for (int64_t row = 0; row < batch; row++) {
    auto at = row * hidden;
    auto x = cell.x + row * features;
    bool running = cell.lengths.running(row);
    bool kept = cell.kept != nullptr && !cell.lengths.running_next(row);
    Wide<V> squares;
    for_lanes<V>(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      V flowing{};
      if (cell.direct != nullptr) flowing += load<V>(cell.direct + at + j, n);
      if (kept) flowing += load<V>(cell.kept + at + j, n);
      if (cell.product) flowing += load<V>(cell.total + at + j, n);
      if (cell.squares != nullptr) squares.add_square(Wide<V>(flowing));
      V delta{};
      if (running) delta = through_slope<gate, V>(flowing, load<V>(cell.state + at + j, n), cell.parameter);
      else store<V>(cell.kept + at + j, flowing, n);
      store<V>(cell.delta + at + j, delta, n);
      store<V>(cell.sums + j, load<V>(cell.sums + j, n) + delta, n);
      for (int64_t d = 0; d < features; d++) {
        auto sum = cell.sums + (1 + d) * hidden + j;
        store<V>(sum, load<V>(sum, n) + x[d] * delta, n);
      }
      if constexpr (record) {
        store<V>(cell.total + at + j, flowing, n);
        totals.add_square(Wide<V>(flowing));
        deltas.add_square(Wide<V>(delta));
        zeros += delta == 0 ? splat<V>(1) : V{};
        padding += kLanes<V> - n;
      }
    });
    if (cell.squares != nullptr) cell.squares[row] = squares.sum();
  }
  return {totals.sum(), deltas.sum(), static_cast<int64_t>(Wide<V>(zeros).sum()) - padding};
}

template <typename V>
GT_BODY void forward_body(const ForwardCell<Element<V>>& cell) {
  with_gate(cell.gate, [&](auto gate) __attribute__((always_inline)) { forward_rows<gate(), V>(cell); });
}

template <bool record, typename V>
GT_BODY CellRecord backward_body(const BackwardCell<Element<V>>& cell) {
  return with_gate(cell.gate, [&](auto gate) __attribute__((always_inline)) { return backward_rows<gate(), record, V>(cell); });
}

template <typename V>
GT_BODY double accumulate_body(Element<V>* sum, const Element<V>* share, int64_t count) {
  Wide<V> squares;
  for_lanes<V>(count, [&](int64_t j, auto n) __attribute__((always_inline)) {
    V more = load<V>(share + j, n);
    store<V>(sum + j, load<V>(sum + j, n) + more, n);
    squares.add_square(Wide<V>(more));
  });
  return squares.sum();
}

GT_KERNEL(void, forward32, (const ForwardCell<float>& cell), forward_body<Lanes<float, width>>(cell))
GT_KERNEL(void, forward64, (const ForwardCell<double>& cell), forward_body<Lanes<double, width>>(cell))
GT_KERNEL(CellRecord, unrecorded32, (const BackwardCell<float>& cell), backward_body<false, Lanes<float, width>>(cell))
GT_KERNEL(CellRecord, unrecorded64, (const BackwardCell<double>& cell), backward_body<false, Lanes<double, width>>(cell))
GT_KERNEL(CellRecord, recorded32, (const BackwardCell<float>& cell), backward_body<true, Lanes<float, width>>(cell))
GT_KERNEL(CellRecord, recorded64, (const BackwardCell<double>& cell), backward_body<true, Lanes<double, width>>(cell))
GT_KERNEL(double, add32, (float* sum, const float* share, int64_t count), accumulate_body<Lanes<float, width>>(sum, share, count))
GT_KERNEL(double, add64, (double* sum, const double* share, int64_t count), accumulate_body<Lanes<double, width>>(sum, share, count))

}  // namespace

void forward_cell(const ForwardCell<float>& cell) { forward32(cell); }
void forward_cell(const ForwardCell<double>& cell) { forward64(cell); }

CellRecord backward_cell(const BackwardCell<float>& cell) { return cell.record ? recorded32(cell) : unrecorded32(cell); }
CellRecord backward_cell(const BackwardCell<double>& cell) { return cell.record ? recorded64(cell) : unrecorded64(cell); }

double accumulate(float* sum, const float* share, int64_t count) { return add32(sum, share, count); }
double accumulate(double* sum, const double* share, int64_t count) { return add64(sum, share, count); }

}  // namespace gt
