// The kernels of clipping by norm against plain loops: the ranges of each member's gradients, one of them with nothing but zeros.
#include "cuda_on_cpu.h"

namespace kernels {
#include "kernels.inc"
}
using namespace kernels;

constexpr int kMembers = 2, kRanges = 3, kQuantities = 4;
const Count kEnds[kRanges] = {50, 950, 1000};

int main() {
  const Count count = kEnds[kRanges - 1];
  auto gradients = drawn(kMembers * count, 1);
  std::fill_n(gradients.begin() + kEnds[1], count - kEnds[1], (T)0);
  const double thresholds[kMembers] = {10, 1000};
  std::vector<double> norms(kMembers * kRanges, NAN), factors(kMembers * kRanges, NAN), table(kMembers * kQuantities, 0);
  cpu::launch({kRanges, kMembers, 1}, 256, [&] { squares_of_ranges(gradients.data(), count, kEnds, norms.data()); });
  cpu::launch({kMembers, 1, 1}, 256, [&] {
    clip_factors(norms.data(), thresholds, factors.data(), kRanges, table.data(), kQuantities, 0, 1, 2);
  });
  Difference found, shares, after, clipped, whole;
  for (int m = 0; m < kMembers; m++) {
    double squares = 0, left = 0;
    bool any = false;
    for (int r = 0; r < kRanges; r++) {
      double sum = 0;
      for (Count i = r == 0 ? 0 : kEnds[r - 1]; i < kEnds[r]; i++) sum += (double)gradients[m * count + i] * gradients[m * count + i];
      double share = std::fmin(1, thresholds[m] / (sqrt(sum) + 1e-6));
      found.add(norms[m * kRanges + r], sqrt(sum));
      shares.add(factors[m * kRanges + r], share);
      squares += sum;
      left += sum * share * share;
      any |= share < 1;
    }
    after.add(table[m * kQuantities + 1], sqrt(left));
    clipped.add(table[m * kQuantities + 2], any);
    // A single range is the member as a whole, whose norm the table holds.
    double factor = NAN;
    table[m * kQuantities] = sqrt(squares);
    cpu::launch({1, 1, 1}, 256, [&] { clip_factors(nullptr, thresholds + m, &factor, 1, &table[m * kQuantities], kQuantities, 0, 1, 2); });
    whole.add(factor, std::fmin(1, thresholds[m] / (sqrt(squares) + 1e-6)));
  }
  found.say("norms");
  shares.say("factors");
  after.say("after");
  clipped.say("clipped");
  whole.say("whole");
}
