// Sums over elements that kernels for a CUDA device take in float64, each thread a part: WIDE says that the elements are float64 themselves.
#pragma once

#include <cstdint>

namespace gt {

constexpr int64_t kPartBytes = 40;  // of one of the structs

// Sums are taken in a fixed order, so that the same numbers give the same bits: thread by thread in strides, lane by lane, warp by
// warp, block by block. float64 squares beyond 1e±154 would underflow or overflow: they are summed scaled, beside the others.
constexpr char kSums[] = R"cuda(
struct Squares {
  double small, middle, large;
  Count zeros, nonfinite;

  __device__ void begin(double) {}

  __device__ void add(double x, bool) {
    double size = fabs(x);
    zeros += size == 0;
    nonfinite += !isfinite(x);
#if WIDE
    if (size < 1e-140) { x *= 1e150; small += x * x; return; }
    if (size > 1e140 && isfinite(x)) { x *= 1e-150; large += x * x; return; }
#endif
    middle += x * x;
  }

  __device__ void merge(const Squares& other) {
    small += other.small;
    middle += other.middle;
    large += other.large;
    zeros += other.zeros;
    nonfinite += other.nonfinite;
  }

  __device__ double norm() const {
    if (!isfinite(middle)) return sqrt(middle);
    if (large > 0) return 1e150 * sqrt(large + middle * 1e-300);
    if (middle > 0) return sqrt(middle + small * 1e-300);
    return 1e-150 * sqrt(small);
  }
};

// Sums over x − shift. The shift is one of the elements, so that little is lost where they lie far from 0 and near each other.
struct Moments {
  double shift, sum, squares;
  Count saturated, nonfinite;

  __device__ void begin(double first) { shift = first; }

  __device__ void add(double x, bool outside) {
    double off = x - shift;
    sum += off;
    squares += off * off;
    saturated += outside;
    nonfinite += !isfinite(x);
  }

  __device__ void merge(const Moments& other) {
    sum += other.sum;
    squares += other.squares;
    saturated += other.saturated;
    nonfinite += other.nonfinite;
  }
};

template <typename Part>
__device__ Part from_lane(const Part& part, int offset) {
  Part other;
  for (int word = 0; word < sizeof(Part) / sizeof(int); word++)
    ((int*)&other)[word] = __shfl_down_sync(0xffffffff, ((const int*)&part)[word], offset);
  return other;
}

// The whole of a block, in its first thread.
template <typename Part>
__device__ Part whole(Part part) {
  __shared__ double room[32 * sizeof(Part) / sizeof(double)];
  Part* warps = (Part*)room;
  for (int offset = 16; offset > 0; offset /= 2) part.merge(from_lane(part, offset));
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = part;
  __syncthreads();
  if (threadIdx.x == 0)
    for (int warp = 1; warp < blockDim.x / 32; warp++) part.merge(warps[warp]);
  return part;
}
)cuda";

}  // namespace gt
