#include "measure_device.h"

#include "device_code.h"
#include "sums_device.h"

#include <algorithm>
#include <tuple>

namespace gt {
namespace {

constexpr char kSource[] = R"cuda(
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
)cuda";

constexpr int64_t kThreads = 256, kPerThread = 32, kMostBlocks = 256;
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
           "PER_BLOCK=" + std::to_string(kThreads * kPerThread)},
          kSums};
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

}  // namespace gt
