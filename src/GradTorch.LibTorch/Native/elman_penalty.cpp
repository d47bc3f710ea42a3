#include "elman_penalty.h"

#include "lanes.h"

#include <algorithm>
#include <cmath>

namespace gt {
namespace {

template <typename T>
GT_BODY PenaltySum penalise_body(const PenaltyCell<T>& cell) {
  PenaltySum sum;
  auto hidden = cell.shape.hidden;
  for (int64_t row = 0; row < cell.shape.batch; row++) {
    auto at = row * hidden;
    auto square = cell.squares[row];
    if (!cell.lengths.running(row) || !(square > 0) || !std::isfinite(square)) {
      std::fill_n(cell.left + at, hidden, T(0));
      std::fill_n(cell.right + at, hidden, T(0));
      continue;
    }
    DoubleLanes squares{};
    for_lanes(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      DoubleLanes wide = widen<T>(load(cell.through + at + j, n));
      squares += wide * wide;
    });
    double excess = fold(squares) / square - 1, norm = std::sqrt(square);
    sum.terms += excess * excess;
    sum.pairs++;
    // Both sides are divided by the norm, so that the product of two tiny ones does not underflow.
    for_lanes(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      DoubleLanes left = widen<T>(load(cell.through + at + j, n)) * (4 * excess / norm);
      DoubleLanes right = widen<T>(load(cell.delta + at + j, n)) / norm;
      store<T>(cell.left + at + j, __builtin_convertvector(left, Lanes<T>), n);
      store<T>(cell.right + at + j, __builtin_convertvector(right, Lanes<T>), n);
    });
  }
  return sum;
}

}  // namespace

GT_CLONES PenaltySum penalise(const PenaltyCell<float>& cell) { return penalise_body(cell); }
GT_CLONES PenaltySum penalise(const PenaltyCell<double>& cell) { return penalise_body(cell); }

}  // namespace gt
