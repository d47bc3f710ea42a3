#include "elman_penalty.h"

#include "lanes.h"

#include <algorithm>
#include <cmath>

namespace gt {
namespace {

template <typename V>
GT_BODY PenaltySum penalise_body(const PenaltyCell<Element<V>>& cell) {
  PenaltySum sum;
  auto hidden = cell.shape.hidden;
  for (int64_t row = 0; row < cell.shape.batch; row++) {
    auto at = row * hidden;
    auto square = cell.squares[row];
    if (!cell.lengths.running(row) || !(square > 0) || !std::isfinite(square)) {
      std::fill_n(cell.left + at, hidden, Element<V>(0));
      std::fill_n(cell.right + at, hidden, Element<V>(0));
      continue;
    }
    Wide<V> squares;
    for_lanes<V>(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      squares.add_square(Wide<V>(load<V>(cell.through + at + j, n)));
    });
    double excess = squares.sum() / square - 1, norm = std::sqrt(square);
    sum.terms += excess * excess;
    sum.pairs++;
    // Both sides are divided by the norm, so that the product of two tiny ones does not underflow.
    for_lanes<V>(hidden, [&](int64_t j, auto n) __attribute__((always_inline)) {
      store<V>(cell.left + at + j, (Wide<V>(load<V>(cell.through + at + j, n)) * (4 * excess / norm)).narrow(), n);
      store<V>(cell.right + at + j, (Wide<V>(load<V>(cell.delta + at + j, n)) / norm).narrow(), n);
    });
  }
  return sum;
}

GT_KERNEL(PenaltySum, sums32, (const PenaltyCell<float>& cell), penalise_body<Lanes<float, width>>(cell))
GT_KERNEL(PenaltySum, sums64, (const PenaltyCell<double>& cell), penalise_body<Lanes<double, width>>(cell))

}  // namespace

PenaltySum penalise(const PenaltyCell<float>& cell) { return sums32(cell); }
PenaltySum penalise(const PenaltyCell<double>& cell) { return sums64(cell); }

}  // namespace gt
