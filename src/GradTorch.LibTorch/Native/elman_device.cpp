#include "elman_device.h"

#include "device_code.h"
#include "gate_device.h"
#include "measure.h"
#include "member_numbers.h"

#include <algorithm>

namespace gt {
namespace {

// UNITS is H, GATE a Gate. What comes from memory is fetched kAhead timesteps before it is needed: a
// fetch takes longer than a timestep.
constexpr char kSource[] = R"cuda(
constexpr int H = UNITS, kAhead = 4;

// A product of a vector with H x H weights. Reading the vector from shared memory is what takes longest, so four neighbours
// share four units: each of them reads a quarter of the vector. Quarters lie four numbers further apart than they are long, in
// other banks.
constexpr int kQuarter = (H + 15) / 16 * 4, kApart = kQuarter + 4;

struct __align__(4 * sizeof(T)) Four { T x, y, z, w; };

struct Vector {
  Four quarters[4][kApart / 4];

  __device__ void clear(int thread) {
    for (int i = thread; i < 4 * kApart; i += THREADS) ((T*)quarters)[i] = 0;
  }

  __device__ void set(int j, T value) { ((T*)quarters)[j / kQuarter * kApart + j % kQuarter] = value; }
};

struct Weights {
  T of[4][kQuarter];

  // A unit's weights lie `apart` from each other, and `next` from those of the next unit.
  __device__ void load(const T* matrix, int thread, int apart, int next) {
    int unit = thread & ~3, first = (thread & 3) * kQuarter;
#pragma unroll
    for (int u = 0; u < 4; u++)
#pragma unroll
      for (int i = 0; i < kQuarter; i++)
        of[u][i] = unit + u < H && first + i < H ? matrix[(unit + u) * next + (first + i) * apart] : (T)0;
  }

  // Of the thread's own unit, in a fixed order.
  __device__ T product(const Vector& vector, int thread) const {
    T sum[4] = {};
    const Four* quarter = vector.quarters[thread & 3];
#pragma unroll
    for (int i = 0; i < kQuarter; i += 4) {
      Four v = quarter[i / 4];
#pragma unroll
      for (int u = 0; u < 4; u++) sum[u] += v.x * of[u][i] + v.y * of[u][i + 1] + v.z * of[u][i + 2] + v.w * of[u][i + 3];
    }
    // Each of the four gives away the units that are not its own, half of them and half of the rest.
    bool upper = thread & 2, odd = thread & 1;
    T one = (upper ? sum[2] : sum[0]) + __shfl_xor_sync(0xffffffff, upper ? sum[0] : sum[2], 2);
    T other = (upper ? sum[3] : sum[1]) + __shfl_xor_sync(0xffffffff, upper ? sum[1] : sum[3], 2);
    return (odd ? other : one) + __shfl_xor_sync(0xffffffff, odd ? one : other, 1);
  }
};

// In the place of the projections x_t U the states h_t; a sequence that has ended keeps its state.
extern "C" __global__ void __launch_bounds__(THREADS) forward(T* states, const T* bias, const T* recurrent,
                                                              const double* parameters, const Count* lengths, int timesteps, int batch) {
  __shared__ Vector before[2];
  int j = threadIdx.x, row = blockIdx.x, member = blockIdx.y;
  bool mine = j < H;
  T parameter = (T)parameters[member], own_bias = mine ? bias[member * H + j] : (T)0;
  Weights weights;
  weights.load(recurrent + (Count)member * H * H, j, H, 1);
  Count length = lengths == nullptr ? timesteps : lengths[member * batch + row], step = (Count)batch * H;
  T* at = states + ((Count)member * timesteps * batch + row) * H + j;
  before[0].clear(j);
  before[1].clear(j);
  T next[kAhead] = {}, state = 0;
#pragma unroll
  for (int u = 0; u < kAhead; u++)
    if (mine && u < timesteps) next[u] = at[u * step];
  __syncthreads();
  for (int first = 0; first < timesteps; first += kAhead) {
#pragma unroll
    for (int u = 0; u < kAhead; u++) {
      int t = first + u;
      if (t >= timesteps) break;
      T a = next[u] + own_bias;
      if (mine && t + kAhead < timesteps) next[u] = at[(t + kAhead) * step];
      if (t > 0) a += weights.product(before[t % 2], j);
      if (t < length) state = gate(a, parameter);
      if (mine) {
        at[t * step] = state;
        before[(t + 1) % 2].set(j, state);
      }
      __syncthreads();
    }
  }
}

// δ_t, their sum over time of every sequence, and ∂L/∂h_t if `total` is not null, from the gradient of every state (EVERY) or of
// the last.
extern "C" __global__ void __launch_bounds__(THREADS) backward(const T* states, const T* gradient, const T* recurrent,
                                                               const double* parameters, const Count* lengths, T* delta, T* sums,
                                                               T* total, int timesteps, int batch, int truncate) {
  __shared__ Vector after[2];
  int j = threadIdx.x, row = blockIdx.x, member = blockIdx.y;
  bool mine = j < H;
  T parameter = (T)parameters[member];
  Weights weights;
  weights.load(recurrent + (Count)member * H * H, j, 1, H);
  Count length = lengths == nullptr ? timesteps : lengths[member * batch + row], step = (Count)batch * H;
  Count at = ((Count)member * timesteps * batch + row) * H + j;
  after[0].clear(j);
  after[1].clear(j);
  T next_h[kAhead] = {}, next_direct[kAhead] = {}, kept = 0, sum = 0;
#pragma unroll
  for (int u = 0; u < kAhead; u++) {
    int t = timesteps - 1 - u;
    if (!mine || t < 0) continue;
    next_h[u] = states[at + t * step];
#if EVERY
    next_direct[u] = gradient[at + t * step];
#else
    if (u == 0) next_direct[u] = gradient[((Count)member * batch + row) * H + j];
#endif
  }
  __syncthreads();
  for (int first = 0; first < timesteps; first += kAhead) {
#pragma unroll
    for (int u = 0; u < kAhead; u++) {
      int t = timesteps - 1 - first - u;
      if (t < 0) break;
      T h = next_h[u], flowing = next_direct[u];
      next_direct[u] = 0;
      if (mine && t >= kAhead) {
        next_h[u] = states[at + (t - kAhead) * step];
#if EVERY
        next_direct[u] = gradient[at + (t - kAhead) * step];
#endif
      }
      // The state of t + 1 is this one where the sequence has ended; elsewhere it came from this one by W.
      if (t + 1 >= length) flowing += kept;
      else if (truncate == 0 || (t + 1) % truncate != 0) flowing += weights.product(after[t % 2], j);
      T own = 0;
      if (t < length) own = through(flowing, h, parameter);
      else kept = flowing;
      if (mine) {
        if (total != nullptr) total[at + t * step] = flowing;
        delta[at + t * step] = own;
        after[(t + 1) % 2].set(j, own);
      }
      sum += own;
      __syncthreads();
    }
  }
  if (mine) sums[((Count)member * batch + row) * H + j] = sum;
}
)cuda";

constexpr int64_t kMostUnits = 192;            // a thread has 255 registers
constexpr int64_t kSharesAtOnce = 64 << 20;    // bytes of products that are added up over time

DeviceCode code_for(const Scan& scan, const at::Tensor& tensor) {
  auto threads = (scan.hidden + 31) / 32 * 32;
  return {"Elman scan",
          kSource,
          {element_of(tensor.scalar_type() == at::kDouble), "UNITS=" + std::to_string(scan.hidden), "THREADS=" + std::to_string(threads), "GATE=" + std::to_string(static_cast<int>(scan.gate)),
           scan.every ? "EVERY=1" : "EVERY=0"},
          kGates};
}

Launch shape_of(const Scan& scan) { return {scan.batch, scan.members, (scan.hidden + 31) / 32 * 32}; }

// Σ_t left_tᵀ right_t of (S, T, B, ·), to which `write` is shown the products of some members and timesteps at a time. Products of
// single timesteps and then their sum: one product over all would leave most of a device idle.
template <typename Write>
void add_products(at::Tensor sum, const at::Tensor& left, const at::Tensor& right, Write write) {
  auto members = left.size(0), timesteps = left.size(1), size = left.size(3) * right.size(3);
  auto at_once = std::max<int64_t>(kSharesAtOnce / (size * left.element_size()), 1);
  auto groups = std::max<int64_t>(at_once / timesteps, 1);
  for (int64_t m = 0; m < members; m += groups) {
    auto count = std::min(groups, members - m);
    for (int64_t t = 0; t < timesteps; t += at_once) {
      auto span = std::min(at_once, timesteps - t);
      auto part = [&](const at::Tensor& all) { return all.narrow(0, m, count).narrow(1, t, span).flatten(0, 1); };
      auto products = part(left).transpose(1, 2).bmm(part(right)).view({count, span, left.size(3), right.size(3)});
      write(products, m, t);
      sum.narrow(0, m, count).add_(products.sum(1));
    }
  }
}

// Norms of one quantity of every member and timestep.
void record_norms(const at::Tensor& quantity, const at::Tensor& record, int32_t norm, int32_t zeros, int32_t nonfinite) {
  measure_norm(quantity.flatten(0, 1), Sink{record.flatten(0, 1)}, norm, zeros, nonfinite);
}

const int64_t* pointer(const at::Tensor& lengths) { return lengths.defined() ? lengths.data_ptr<int64_t>() : nullptr; }

}  // namespace

bool scans_on_device(const at::Tensor& x, int64_t hidden) {
  return hidden <= kMostUnits && launches_on(x.device(), x.size(0));
}

at::Tensor forward_on_device(const Scan& scan, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
                             const at::Tensor& recurrent) {
  auto states = x.flatten(1, 2).bmm(input).view({scan.members, scan.timesteps, scan.batch, scan.hidden});
  auto W = recurrent.contiguous(), biases = bias.contiguous(), parameters = numbers_on_device(scan.parameters, x);
  auto h = states.data_ptr(), b = biases.data_ptr(), w = W.data_ptr(), p = parameters.data_ptr();
  auto lengths = pointer(scan.lengths);
  auto timesteps = static_cast<int>(scan.timesteps), batch = static_cast<int>(scan.batch);
  launch(code_for(scan, x), "forward", x.device(), shape_of(scan), {&h, &b, &w, &p, &lengths, &timesteps, &batch});
  return states;
}

void backward_on_device(const Scan& scan, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& input,
                        const at::Tensor& recurrent, const at::Tensor& states, const Gradients& gradients, const at::Tensor& record) {
  auto delta = at::empty_like(states), total = record.defined() ? at::empty_like(states) : at::Tensor();
  auto sums = at::empty({scan.members, scan.batch, scan.hidden}, states.options());
  auto W = recurrent.contiguous(), parameters = numbers_on_device(scan.parameters, x);
  {
    auto h = states.data_ptr(), g = gradient.data_ptr(), w = W.data_ptr(), p = parameters.data_ptr(), d = delta.data_ptr(),
         s = sums.data_ptr();
    auto all = total.defined() ? total.data_ptr() : nullptr;
    auto lengths = pointer(scan.lengths);
    auto timesteps = static_cast<int>(scan.timesteps), batch = static_cast<int>(scan.batch), truncate = static_cast<int>(scan.truncate);
    launch(code_for(scan, x), "backward", x.device(), shape_of(scan),
           {&h, &g, &w, &p, &lengths, &d, &s, &all, &timesteps, &batch, &truncate});
  }
  if (record.defined()) {
    record.zero_();
    record_norms(total, record, kTotal, -1, kNonfinite);
    record_norms(delta, record, kDelta, kZeros, kNonfinite);
  }
  if (gradients.x.defined()) {
    auto into = gradients.x.flatten(1, 2);
    at::bmm_out(into, delta.flatten(1, 2), input.transpose(1, 2));
  }
  add_products(gradients.input, x, delta, [](const at::Tensor&, int64_t, int64_t) {});
  gradients.bias.add_(sums.sum(1, /*keepdim=*/true));
  if (scan.timesteps == 1) return;
  auto span = scan.timesteps - 1;
  // Each share is that of the later timestep; the first has none.
  add_products(gradients.recurrent, states.narrow(1, 0, span), delta.narrow(1, 1, span), [&](const at::Tensor& shares, int64_t m, int64_t t) {
    if (!record.defined()) return;
    auto norms = at::empty({shares.size(0), shares.size(1), 1}, record.options());
    record_norms(shares, norms, 0, -1, -1);
    record.narrow(0, m, shares.size(0)).narrow(1, t + 1, shares.size(1)).select(2, kShare).copy_(norms.select(2, 0));
  });
}

}  // namespace gt
