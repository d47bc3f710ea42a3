#include "measure_device.h"

#include "device_code.h"

#include <algorithm>
#include <tuple>

namespace gt {
namespace {

// Sums are taken in a fixed order, so that the same numbers give the same bits: thread by thread in strides, lane by lane, warp by
// warp, block by block. float64 squares beyond 1e±154 would underflow or overflow: they are summed scaled, beside the others.
constexpr char kSource[] = R"cuda(
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

struct Rows {
  const T *values, *before;
  Count member_stride, row_stride, before_member_stride, before_row_stride;
  Count count;
  double* table;
  Count table_member_stride, table_row_stride;
  double low, high;
  int rows, moments;
  int first, second, third, nonfinite;
};

struct AllRows { Rows of[MOST_ROWS]; };

// Several rows may have one place.
__device__ void add_count(double* place, Count count) {
  if (count == 0) return;
  unsigned long long* bits = (unsigned long long*)place;
  unsigned long long now = *bits, seen;
  do {
    seen = now;
    now = atomicCAS(bits, seen, (unsigned long long)__double_as_longlong(__longlong_as_double((Count)seen) + (double)count));
  } while (now != seen);
}

__device__ void write(const Squares& all, const Rows& rows, double* place) {
  place[rows.first] = all.norm();
  if (rows.second >= 0) place[rows.second] = rows.count == 0 ? 0 : (double)all.zeros / rows.count;
  if (rows.nonfinite >= 0) add_count(place + rows.nonfinite, all.nonfinite);
}

__device__ void write(const Moments& all, const Rows& rows, double* place) {
  double off = all.sum / rows.count;
  place[rows.first] = all.shift + off;
  place[rows.second] = sqrt(fmax(all.squares - all.sum * off, 0.0) / (rows.count - 1));
  if (rows.third >= 0) place[rows.third] = (double)all.saturated / rows.count;
  if (rows.nonfinite >= 0) add_count(place + rows.nonfinite, all.nonfinite);
}

// A block's part of a row. Where there are several blocks, the one that comes last puts the parts together, in the blocks' order.
template <typename Part>
__device__ void measure_row(const Rows& rows, int row, Count slot, int blocks, Part* parts, unsigned* arrivals) {
  const T* x = rows.values + blockIdx.y * rows.member_stride + row * rows.row_stride;
  const T* before = rows.before == nullptr ? nullptr : rows.before + blockIdx.y * rows.before_member_stride + row * rows.before_row_stride;
  double* place = rows.table + blockIdx.y * rows.table_member_stride + row * rows.table_row_stride;
  T low = (T)rows.low, high = (T)rows.high;
  Part part{};
  part.begin((double)x[0]);
  for (Count i = (Count)blockIdx.x * blockDim.x + threadIdx.x; i < rows.count; i += (Count)blocks * blockDim.x) {
    T value = x[i];
    part.add(before == nullptr ? (double)value : (double)value - (double)before[i], (value <= low) | (value >= high));
  }
  part = whole(part);
  if (blocks == 1) {
    if (threadIdx.x == 0) write(part, rows, place);
    return;
  }
  __shared__ bool last;
  parts += slot * gridDim.x;
  if (threadIdx.x == 0) {
    parts[blockIdx.x] = part;
    __threadfence();
    last = atomicAdd(arrivals + slot, 1u) == blocks - 1;
  }
  __syncthreads();
  if (!last) return;
  __threadfence();
  Part all{};
  all.begin((double)x[0]);
  for (int block = threadIdx.x; block < blocks; block += blockDim.x) all.merge(parts[block]);
  all = whole(all);
  if (threadIdx.x == 0) write(all, rows, place);
}

extern "C" __global__ void measure(AllRows all, char* parts, unsigned* arrivals) {
  int row = blockIdx.z, index = 0;
  while (row >= all.of[index].rows) row -= all.of[index++].rows;
  const Rows& rows = all.of[index];
  Count blocks = rows.count / (PER_BLOCK);
  blocks = blocks < 1 ? 1 : blocks > gridDim.x ? gridDim.x : blocks;
  if (blockIdx.x >= blocks) return;
  Count slot = (Count)blockIdx.y * gridDim.z + blockIdx.z;
  if (rows.moments) measure_row(rows, row, slot, (int)blocks, (Moments*)parts, arrivals);
  else measure_row(rows, row, slot, (int)blocks, (Squares*)parts, arrivals);
}

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

constexpr int64_t kThreads = 256, kPartBytes = 40, kPerThread = 32, kMostBlocks = 256;
constexpr size_t kMostRows = (kMostArgumentBytes - 2 * sizeof(void*)) / sizeof(DeviceRows);

// As the kernels have it.
struct AllRows {
  DeviceRows of[kMostRows];
};

DeviceCode code_for(const at::Tensor& tensor) {
  bool wide = tensor.scalar_type() == at::kDouble;
  return {"measure",
          kSource,
          {element_of(wide), wide ? "WIDE=1" : "WIDE=0", "MOST_ROWS=" + std::to_string(kMostRows),
           "PER_BLOCK=" + std::to_string(kThreads * kPerThread)}};
}

int64_t blocks_for(int64_t count) { return std::clamp<int64_t>(count / (kThreads * kPerThread), 1, kMostBlocks); }

// What one launch has room for.
void measure_together(const DeviceRows* rows, size_t count, const at::Tensor& like) {
  AllRows all{};
  std::copy_n(rows, count, all.of);
  int64_t blocks = 1, total = 0, members = like.size(0);
  for (size_t i = 0; i < count; i++) {
    blocks = std::max(blocks, blocks_for(rows[i].count));
    total += rows[i].rows;
  }
  at::Tensor parts, arrivals;
  if (blocks > 1) {
    parts = at::empty({members * total * blocks * kPartBytes}, like.options().dtype(at::kByte));
    arrivals = at::zeros({members * total}, like.options().dtype(at::kInt));
  }
  void *room = blocks > 1 ? parts.data_ptr() : nullptr, *counts = blocks > 1 ? arrivals.data_ptr() : nullptr;
  launch(code_for(like), "measure", like.device(), {blocks, members, kThreads, total}, {&all, &room, &counts});
}

// Takes a row in behind others that are alike, where it lies as far from them as they do from each other.
bool follows(DeviceRows& rows, const DeviceRows& next, int64_t element_size) {
  auto alike = [](const DeviceRows& r) {
    return std::tie(r.member_stride, r.count, r.table_member_stride, r.low, r.high, r.moments, r.first, r.second, r.third, r.nonfinite);
  };
  if (next.rows != 1 || rows.before != nullptr || next.before != nullptr || alike(rows) != alike(next)) return false;
  auto bytes = static_cast<const char*>(next.values) - static_cast<const char*>(rows.values);
  auto places = next.table - rows.table;
  if (bytes % (rows.rows * element_size) != 0 || places % rows.rows != 0) return false;
  auto stride = bytes / (rows.rows * element_size), table_stride = places / rows.rows;
  if (rows.rows > 1 && (stride != rows.row_stride || table_stride != rows.table_row_stride)) return false;
  std::tie(rows.row_stride, rows.table_row_stride) = std::tuple(stride, table_stride);
  rows.rows++;
  return true;
}

// Of one tensor (S, ...).
DeviceRows rows_of(const at::Tensor& tensor, const Sink& sink) {
  DeviceRows rows{};
  rows.values = tensor.data_ptr();
  rows.member_stride = tensor.stride(0);
  rows.count = tensor.numel() / tensor.size(0);
  rows.table = static_cast<double*>(sink.table.data_ptr());
  rows.table_member_stride = sink.table.stride(0);
  rows.rows = 1;
  return rows;
}

}  // namespace

bool measures_on_device(const at::Tensor& tensor) {
  return launches_on(tensor.device(), tensor.size(0)) && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kDouble) &&
         tensor.numel() > 0;
}

void measure_on_device(const std::vector<DeviceRows>& rows, const at::Tensor& like) {
  std::vector<DeviceRows> together;
  for (auto& one : rows)
    if (together.empty() || !follows(together.back(), one, like.element_size())) together.push_back(one);
  for (size_t first = 0; first < together.size(); first += kMostRows)
    measure_together(together.data() + first, std::min(kMostRows, together.size() - first), like);
}

bool measure_norm_on_device(const at::Tensor& tensor, const at::Tensor& before, const Sink& sink, int32_t norm, int32_t zeros,
                            int32_t nonfinite) {
  if (!measures_on_device(tensor) || (before.defined() && before.scalar_type() != tensor.scalar_type())) return false;
  auto now = compact(tensor) ? tensor : tensor.contiguous();
  auto then = !before.defined() || compact(before) ? before : before.contiguous();
  auto rows = rows_of(now, sink);
  if (then.defined()) {
    rows.before = then.data_ptr();
    rows.before_member_stride = then.stride(0);
  }
  std::tie(rows.first, rows.second, rows.third, rows.nonfinite) = std::tuple(norm, zeros, -1, nonfinite);
  measure_on_device({rows}, now);
  return true;
}

bool measure_activation_on_device(const at::Tensor& activation, const Sink& sink, int32_t mean, int32_t deviation, int32_t saturated,
                                  int32_t nonfinite, double low, double high) {
  if (!measures_on_device(activation)) return false;
  auto now = compact(activation) ? activation : activation.contiguous();
  auto rows = rows_of(now, sink);
  rows.moments = 1;
  std::tie(rows.low, rows.high) = std::tuple(low, high);
  std::tie(rows.first, rows.second, rows.third, rows.nonfinite) = std::tuple(mean, deviation, saturated, nonfinite);
  measure_on_device({rows}, now);
  return true;
}

void clip_factors_on_device(const at::Tensor& gradients, const at::Tensor& thresholds, const at::Tensor& factors, const at::Tensor& ends,
                            const Sink& sink, int32_t norm, int32_t clipped_norm, int32_t clipped) {
  auto members = gradients.size(0), count = gradients.size(1), ranges = factors.size(1);
  auto norms = ranges == 1 ? at::Tensor() : at::empty_like(factors);
  auto x = gradients.data_ptr(), last = ends.data_ptr(), before = norms.defined() ? norms.data_ptr() : nullptr;
  if (norms.defined())
    launch(code_for(gradients), "squares_of_ranges", gradients.device(), {ranges, members, kThreads}, {&x, &count, &last, &before});
  auto bounds = thresholds.data_ptr(), scales = factors.data_ptr(), table = sink.table.data_ptr();
  auto number = static_cast<int>(ranges);
  auto row = sink.table.stride(0);
  launch(code_for(gradients), "clip_factors", gradients.device(), {members, 1, kThreads},
         {&before, &bounds, &scales, &number, &table, &row, &norm, &clipped_norm, &clipped});
}

}  // namespace gt
