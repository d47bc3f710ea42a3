#include "elman_kernels.h"

#include <algorithm>

namespace gt {
namespace {

template <Gate gate, typename T>
GT_BODY void forward_rows(const ForwardCell<T>& cell) {
  auto [batch, hidden, features] = cell.shape;
  for (int64_t row = 0; row < batch; row++) {
    auto state = cell.state + row * hidden;
    if (!cell.lengths.running(row)) {
      if (cell.before == nullptr) std::fill_n(state, hidden, T(0));
      else std::copy_n(cell.before + row * hidden, hidden, state);
      continue;
    }
    auto x = cell.x + row * features;
    for_lanes(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      Lanes<T> a = load(cell.bias + j, n);
      for (int64_t d = 0; d < features; d++) a += x[d] * load(cell.input + d * hidden + j, n);
      if (cell.product) a += load(state + j, n);
      store<T>(state + j, activate<gate, T>(a, cell.parameter), n);
    });
  }
}

template <Gate gate, bool record, typename T>
GT_BODY CellRecord backward_rows(const BackwardCell<T>& cell) {
  auto [batch, hidden, features] = cell.shape;
  std::fill_n(cell.sums, (1 + features) * hidden, T(0));
  DoubleLanes totals{}, deltas{};
  Lanes<T> zeros{};
  int64_t padding = 0;
  for (int64_t row = 0; row < batch; row++) {
    auto at = row * hidden;
    auto x = cell.x + row * features;
    bool running = cell.lengths.running(row);
    bool kept = cell.kept != nullptr && !cell.lengths.running_next(row);
    DoubleLanes squares{};
    for_lanes(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      Lanes<T> flowing{};
      if (cell.direct != nullptr) flowing += load(cell.direct + at + j, n);
      if (kept) flowing += load(cell.kept + at + j, n);
      if (cell.product) flowing += load(cell.total + at + j, n);
      if (cell.squares != nullptr) {
        DoubleLanes wide = widen<T>(flowing);
        squares += wide * wide;
      }
      Lanes<T> delta{};
      if (running) delta = through_slope<gate, T>(flowing, load(cell.state + at + j, n), cell.parameter);
      else store<T>(cell.kept + at + j, flowing, n);
      store<T>(cell.delta + at + j, delta, n);
      store<T>(cell.sums + j, load(cell.sums + j, n) + delta, n);
      for (int64_t d = 0; d < features; d++) {
        auto sum = cell.sums + (1 + d) * hidden + j;
        store<T>(sum, load(sum, n) + x[d] * delta, n);
      }
      if constexpr (record) {
        store<T>(cell.total + at + j, flowing, n);
        DoubleLanes wide = widen<T>(flowing);
        totals += wide * wide;
        wide = widen<T>(delta);
        deltas += wide * wide;
        zeros += delta == 0 ? splat<T>(1) : Lanes<T>{};
        padding += kLanes - n;
      }
    });
    if (cell.squares != nullptr) cell.squares[row] = fold(squares);
  }
  return {fold(totals), fold(deltas), static_cast<int64_t>(fold(widen<T>(zeros))) - padding};
}

template <typename T>
GT_BODY void forward_body(const ForwardCell<T>& cell) {
  with_gate(cell.gate, [&](auto gate) __attribute__((always_inline)) { forward_rows<gate()>(cell); });
}

template <bool record, typename T>
GT_BODY CellRecord backward_body(const BackwardCell<T>& cell) {
  return with_gate(cell.gate, [&](auto gate) __attribute__((always_inline)) { return backward_rows<gate(), record>(cell); });
}

template <typename T>
GT_BODY double accumulate_body(T* sum, const T* share, int64_t count) {
  DoubleLanes squares{};
  for_lanes(count, [&](int64_t j, auto n) __attribute__((always_inline)) {
    Lanes<T> more = load(share + j, n);
    store<T>(sum + j, load(sum + j, n) + more, n);
    DoubleLanes wide = widen<T>(more);
    squares += wide * wide;
  });
  return fold(squares);
}

GT_CLONES CellRecord unrecorded(const BackwardCell<float>& cell) { return backward_body<false>(cell); }
GT_CLONES CellRecord unrecorded(const BackwardCell<double>& cell) { return backward_body<false>(cell); }
GT_CLONES CellRecord recorded(const BackwardCell<float>& cell) { return backward_body<true>(cell); }
GT_CLONES CellRecord recorded(const BackwardCell<double>& cell) { return backward_body<true>(cell); }

}  // namespace

GT_CLONES void forward_cell(const ForwardCell<float>& cell) { forward_body(cell); }
GT_CLONES void forward_cell(const ForwardCell<double>& cell) { forward_body(cell); }

CellRecord backward_cell(const BackwardCell<float>& cell) { return cell.record ? recorded(cell) : unrecorded(cell); }
CellRecord backward_cell(const BackwardCell<double>& cell) { return cell.record ? recorded(cell) : unrecorded(cell); }

GT_CLONES double accumulate(float* sum, const float* share, int64_t count) { return accumulate_body(sum, share, count); }
GT_CLONES double accumulate(double* sum, const double* share, int64_t count) { return accumulate_body(sum, share, count); }

}  // namespace gt
