#include "clipping_device.h"

#include "device_code.h"
#include "sums_device.h"

namespace gt {
namespace {

constexpr int64_t kThreads = 256;

constexpr char kSource[] = R"cuda(
// Norms of the ranges of each member's elements, a block for each; ranges follow each other, each up to its end.
extern "C" __global__ void squares_of_ranges(const T* x, Count count, const Count* ends, double* norms) {
  Count first = blockIdx.x == 0 ? 0 : ends[blockIdx.x - 1], end = ends[blockIdx.x];
  Squares sum{};
  x += blockIdx.y * count;
  for (Count i = first + threadIdx.x; i < end; i += blockDim.x) sum.add((double)x[i], false);
  sum = whole(sum);
  if (threadIdx.x == 0) norms[(Count)blockIdx.y * gridDim.x + blockIdx.x] = sum.norm();
}

// min(1, c / (‖g‖ + 1e-6)) of each range, a block for each member. `norms` is null where the table holds the only one.
extern "C" __global__ void clip_factors(const double* norms, const double* thresholds, double* factors, int ranges, double* table,
                                        Count row, int norm, int clipped_norm, int clipped) {
  table += blockIdx.x * row;
  factors += (Count)blockIdx.x * ranges;
  Squares after{};
  int any = 0;
  for (int r = threadIdx.x; r < ranges; r += blockDim.x) {
    double before = norms == nullptr ? table[norm] : norms[(Count)blockIdx.x * ranges + r];
    double share = thresholds[blockIdx.x] / (before + 1e-6);
    factors[r] = share > 1 ? 1 : share;
    after.add(before * factors[r], false);
    any |= factors[r] < 1;
  }
  any = __syncthreads_or(any);
  after = whole(after);
  if (threadIdx.x != 0) return;
  table[clipped_norm] = after.norm();
  table[clipped] = any != 0;
}
)cuda";

}  // namespace

void clip_factors_on_device(const at::Tensor& gradients, const at::Tensor& thresholds, const at::Tensor& factors, const at::Tensor& ends,
                            const Sink& sink, int32_t norm, int32_t clipped_norm, int32_t clipped) {
  bool wide = gradients.scalar_type() == at::kDouble;
  DeviceCode code{"clipping", kSource, {element_of(wide), wide ? "WIDE=1" : "WIDE=0"}, kSums};
  auto members = gradients.size(0), count = gradients.size(1), ranges = factors.size(1);
  auto norms = ranges == 1 ? at::Tensor() : at::empty_like(factors);
  auto x = gradients.data_ptr(), last = ends.data_ptr(), before = norms.defined() ? norms.data_ptr() : nullptr;
  if (norms.defined())
    launch(code, "squares_of_ranges", gradients.device(), {ranges, members, kThreads}, {&x, &count, &last, &before});
  auto bounds = thresholds.data_ptr(), scales = factors.data_ptr(), table = sink.table.data_ptr();
  auto number = static_cast<int>(ranges);
  auto row = sink.table.stride(0);
  launch(code, "clip_factors", gradients.device(), {members, 1, kThreads},
         {&before, &bounds, &scales, &number, &table, &row, &norm, &clipped_norm, &clipped});
}

}  // namespace gt
