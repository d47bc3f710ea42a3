// What is measured on a CUDA device against plain loops: rows of three lengths, which one block, one and several measure, in one launch.
#include "cuda_on_cpu.h"

namespace kernels {
#include "kernels.inc"
}
using namespace kernels;

constexpr int kMembers = 2, kQuantities = 8, kGroups = 3, kRows[kGroups] = {3, 1, 2}, kAll = 6;
constexpr Count kLengths[kGroups] = {50, 9000, 40000}, kApart = 5;

int main() {
  AllRows all{};
  std::vector<std::vector<T>> numbers;
  std::vector<double> table(kMembers * kAll * kQuantities, 0);
  for (int g = 0, first = 0; g < kGroups; first += kRows[g++]) {
    numbers.push_back(drawn(kMembers * (kRows[g] * kLengths[g] + kApart), WIDE && g == 0 ? 1e-170 : 1));
    auto& rows = all.of[g];
    rows.values = numbers[g].data();
    rows.member_stride = kRows[g] * kLengths[g] + kApart;
    rows.row_stride = rows.count = kLengths[g];
    rows.table = &table[first * kQuantities];
    rows.table_member_stride = kAll * kQuantities;
    rows.table_row_stride = kQuantities;
    rows.low = -1;
    rows.high = 1;
    rows.rows = kRows[g];
    rows.moments = g == 1;
    rows.first = 0;
    rows.second = 1;
    rows.third = g == 1 ? 2 : -1;
    rows.nonfinite = 5;
  }
  numbers[0][3] = 0;
  numbers[2][7] = std::numeric_limits<T>::infinity();

  std::vector<char> parts(1 << 20);
  std::vector<unsigned> arrivals(kMembers * kAll, 0);
  const unsigned blocks = kLengths[kGroups - 1] / (PER_BLOCK);
  cpu::launch({blocks, kMembers, kAll}, 256, [&] { measure(all, parts.data(), arrivals.data()); });

  Difference norms, zeros, means, deviations, saturated, nonfinite;
  for (int g = 0, first = 0; g < kGroups; first += kRows[g++]) {
    for (int m = 0; m < kMembers; m++) {
      for (int r = 0; r < kRows[g]; r++) {
        const T* x = all.of[g].values + m * all.of[g].member_stride + r * kLengths[g];
        const double* place = &table[(m * kAll + first + r) * kQuantities];
        long double sum = 0, squares = 0, off = 0;
        Count zero = 0, outside = 0, infinite = 0;
        for (Count i = 0; i < kLengths[g]; i++) {
          sum += x[i];
          squares += (long double)x[i] * x[i];
          zero += x[i] == 0;
          outside += x[i] <= -1 || x[i] >= 1;
          infinite += !isfinite(x[i]);
        }
        nonfinite.add(place[5], infinite);
        if (g == 1) {
          for (Count i = 0; i < kLengths[g]; i++) off += (x[i] - sum / kLengths[g]) * (x[i] - sum / kLengths[g]);
          means.add(place[0], sum / kLengths[g]);
          deviations.add(place[1], sqrtl(off / (kLengths[g] - 1)));
          saturated.add(place[2], (double)outside / kLengths[g]);
        } else {
          if (infinite > 0) norms.add(isfinite(place[0]), 0);
          else norms.add(place[0] / sqrtl(squares), 1);
          zeros.add(place[1], (double)zero / kLengths[g]);
        }
      }
    }
  }
  norms.say("norms");
  zeros.say("zeros");
  means.say("means");
  deviations.say("deviations");
  saturated.say("saturated");
  nonfinite.say("nonfinite");
}
