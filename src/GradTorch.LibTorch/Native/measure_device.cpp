#include "measure_device.h"

#include "device_code.h"

#include <algorithm>

namespace gt {
namespace {

// Sums are taken in a fixed order, so that the same numbers give the same bits: thread by thread in strides, lane by lane, warp by
// warp, block by block. float64 squares beyond 1e±154 would underflow or overflow: they are summed scaled, beside the others.
constexpr char kSource[] = R"cuda(
typedef long long Count;
typedef ELEMENT T;

struct Squares {
  double small, middle, large;
  Count zeros, nonfinite;

  __device__ void add(double x) {
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

  __device__ void add(double x) {
    double off = x - shift;
    sum += off;
    squares += off * off;
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

struct Columns { int first, second, third, nonfinite; };

__device__ void write(const Squares& all, Count count, double* row, Columns to) {
  row[to.first] = all.norm();
  if (to.second >= 0) row[to.second] = count == 0 ? 0 : (double)all.zeros / count;
  if (to.nonfinite >= 0) row[to.nonfinite] += all.nonfinite;
}

__device__ void write(const Moments& all, Count count, double* row, Columns to) {
  double off = all.sum / count;
  row[to.first] = all.shift + off;
  row[to.second] = sqrt(fmax(all.squares - all.sum * off, 0.0) / (count - 1));
  row[to.third] = (double)all.saturated / count;
  row[to.nonfinite] += all.nonfinite;
}

// A block's part goes to the table if it is the only one, else to where the parts are collected.
template <typename Part>
__device__ void finish(const Part& part, Part* parts, Count count, double* table, Count row, Columns to) {
  if (threadIdx.x != 0) return;
  if (gridDim.x == 1) write(part, count, table + blockIdx.y * row, to);
  else parts[blockIdx.y * gridDim.x + blockIdx.x] = part;
}

extern "C" __global__ void squares(const T* x, Count stride, const T* before, Count before_stride, Count count, Squares* parts,
                                   double* table, Count row, Columns to) {
  Squares sum{};
  x += blockIdx.y * stride;
  before += blockIdx.y * before_stride;
  for (Count i = (Count)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += (Count)gridDim.x * blockDim.x)
    sum.add(before_stride < 0 ? (double)x[i] : (double)x[i] - (double)before[i]);
  finish(whole(sum), parts, count, table, row, to);
}

extern "C" __global__ void moments(const T* x, Count stride, Count count, double low, double high, Moments* parts, double* table,
                                   Count row, Columns to) {
  x += blockIdx.y * stride;
  Moments sum{(double)x[0]};
  T least = (T)low, most = (T)high;
  for (Count i = (Count)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += (Count)gridDim.x * blockDim.x) {
    T value = x[i];
    sum.add((double)value);
    sum.saturated += (value <= least) | (value >= most);
  }
  finish(whole(sum), parts, count, table, row, to);
}

// What several blocks have left, in their order.
template <typename Part>
__device__ void collect(const Part* parts, int blocks, Count count, double* table, Count row, Columns to) {
  parts += blockIdx.y * blocks;
  Part sum = threadIdx.x < blocks ? parts[threadIdx.x] : Part{};
  for (int block = threadIdx.x + blockDim.x; block < blocks; block += blockDim.x) sum.merge(parts[block]);
  sum = whole(sum);
  if (threadIdx.x == 0) write(sum, count, table + blockIdx.y * row, to);
}

extern "C" __global__ void collect_squares(const Squares* parts, int blocks, Count count, double* table, Count row, Columns to) {
  collect(parts, blocks, count, table, row, to);
}

extern "C" __global__ void collect_moments(const Moments* parts, int blocks, Count count, double* table, Count row, Columns to) {
  collect(parts, blocks, count, table, row, to);
}

// Norms of the ranges of each member's elements, a block for each; ranges follow each other, each up to its end.
extern "C" __global__ void squares_of_ranges(const T* x, Count count, const Count* ends, double* norms) {
  Count first = blockIdx.x == 0 ? 0 : ends[blockIdx.x - 1], end = ends[blockIdx.x];
  Squares sum{};
  x += blockIdx.y * count;
  for (Count i = first + threadIdx.x; i < end; i += blockDim.x) sum.add((double)x[i]);
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
    after.add(before * factors[r]);
    any |= factors[r] < 1;
  }
  any = __syncthreads_or(any);
  after = whole(after);
  if (threadIdx.x != 0) return;
  table[clipped_norm] = after.norm();
  table[clipped] = any != 0;
}
)cuda";

// As the kernels have it.
struct Columns {
  int first, second, third, nonfinite;
};

constexpr int64_t kThreads = 256, kPartBytes = 64, kPerThread = 32, kMostBlocks = 256;

DeviceCode code_for(const at::Tensor& tensor) {
  bool wide = tensor.scalar_type() == at::kDouble;
  return {"measure", kSource, {wide ? "ELEMENT=double" : "ELEMENT=float", wide ? "WIDE=1" : "WIDE=0"}};
}

bool takes(const at::Tensor& tensor) {
  return launches_on(tensor.device(), tensor.size(0)) && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kDouble) &&
         tensor.numel() > 0;
}

int64_t blocks_for(int64_t count) { return std::clamp<int64_t>(count / (kThreads * kPerThread), 1, kMostBlocks); }

// Runs `kernel` over each member's elements; with several blocks a member their parts are put together by `collector`.
void reduce(const at::Tensor& tensor, const char* kernel, const char* collector, const Sink& sink, Columns to, int64_t count,
            std::vector<void*> arguments) {
  auto code = code_for(tensor);
  auto blocks = blocks_for(count), members = tensor.size(0);
  auto parts = blocks == 1 ? at::Tensor() : at::empty({members * blocks * kPartBytes}, tensor.options().dtype(at::kByte));
  void* room = blocks == 1 ? nullptr : parts.data_ptr();
  auto table = static_cast<double*>(sink.table.data_ptr());
  auto row = sink.table.stride(0);
  for (void* argument : std::initializer_list<void*>{&room, &table, &row, &to}) arguments.push_back(argument);
  launch(code, kernel, tensor.device(), {blocks, members, kThreads}, arguments);
  if (blocks == 1) return;
  auto number = static_cast<int>(blocks);
  launch(code, collector, tensor.device(), {1, members, kThreads}, {&room, &number, &count, &table, &row, &to});
}

}  // namespace

bool measure_norm_on_device(const at::Tensor& tensor, const at::Tensor& before, const Sink& sink, int32_t norm, int32_t zeros,
                            int32_t nonfinite) {
  if (!takes(tensor) || (before.defined() && before.scalar_type() != tensor.scalar_type())) return false;
  auto now = compact(tensor) ? tensor : tensor.contiguous();
  auto then = !before.defined() ? now : compact(before) ? before : before.contiguous();
  auto x = now.data_ptr(), y = then.data_ptr();
  auto stride = now.stride(0), then_stride = before.defined() ? then.stride(0) : -1, count = now.numel() / now.size(0);
  reduce(now, "squares", "collect_squares", sink, {norm, zeros, -1, nonfinite}, count, {&x, &stride, &y, &then_stride, &count});
  return true;
}

bool measure_activation_on_device(const at::Tensor& activation, const Sink& sink, int32_t mean, int32_t deviation, int32_t saturated,
                                  int32_t nonfinite, double low, double high) {
  if (!takes(activation)) return false;
  auto now = compact(activation) ? activation : activation.contiguous();
  auto x = now.data_ptr();
  auto stride = now.stride(0), count = now.numel() / now.size(0);
  reduce(now, "moments", "collect_moments", sink, {mean, deviation, saturated, nonfinite}, count, {&x, &stride, &count, &low, &high});
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
