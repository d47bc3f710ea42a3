// Clipping by value, in place and in one pass; by norm only the factors: an optimiser multiplies as it reads.
#include "clones.h"
#include "clipping_device.h"
#include "members.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr int kLanes = 16;

// Whether any element was beyond the limit. Comparisons with NaN are false: a NaN stays.
template <typename T>
GT_BODY bool clamp_body(T* x, int64_t n, T limit) {
  int32_t beyond[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) {
      T value = x[i + j];
      beyond[j] |= ((value < -limit) | (value > limit)) ? 1 : 0;
      T raised = value < -limit ? -limit : value;
      x[i + j] = raised > limit ? limit : raised;
    }
  bool any = false;
  for (; i < n; i++) {
    any |= (x[i] < -limit) | (x[i] > limit);
    x[i] = x[i] < -limit ? -limit : x[i] > limit ? limit : x[i];
  }
  for (int j = 0; j < kLanes; j++) any |= beyond[j] != 0;
  return any;
}

GT_CLONES bool clamp(float* x, int64_t n, float limit) { return clamp_body(x, n, limit); }
GT_CLONES bool clamp(double* x, int64_t n, double limit) { return clamp_body(x, n, limit); }

// What both ways to clip take: gradients (S, P), a bound for each member, and the table that their figures go to.
void check_clipping(const at::Tensor& gradients, const at::Tensor& bounds, const gt::Sink& sink, std::initializer_list<int32_t> quantities) {
  TORCH_CHECK(gradients.dim() == 2 && gradients.is_contiguous(), "clipping: expected one contiguous (S, P) tensor, got ", gradients.sizes());
  TORCH_CHECK(bounds.scalar_type() == at::kDouble && bounds.numel() == gradients.size(0) && bounds.is_contiguous() &&
                  bounds.device() == gradients.device(),
              "clipping: bounds must be float64 (S) beside the gradients");
  sink.check(gradients, quantities);
}

// Clamped piece by piece, and each piece measured while it is in the nearest cache.
template <typename T>
bool clamp_and_measure(T* x, int64_t n, T limit, double& norm) {
  constexpr int64_t kPiece = 4096;
  bool beyond = false;
  double squares = 0;
  for (int64_t start = 0; start < n; start += kPiece) {
    auto count = std::min(kPiece, n - start);
    beyond |= clamp(x + start, count, limit);
    squares += gt::squares_of(x + start, count);
  }
  norm = gt::root<T>(squares, n, [x](int64_t i) { return x[i]; });
  return beyond;
}

// As torch.nn.utils.clip_grad_norm_: it keeps a norm of 0 from dividing.
constexpr double kEpsilon = 1e-6;

}  // namespace

using namespace gt;

// Clamps each member's row of `tensor` (S, P) to ±its limit. `limits` is float64 (S); the norm after it, and whether an element
// was beyond as 1 or 0, go to columns of the float64 `table` (S, Q).
GT_EXPORT int32_t gt_clamp(Handle tensor, Handle limits, Handle table, int32_t norm, int32_t clamped) {
  return checked([&] {
    auto x = borrow(tensor), bounds = borrow(limits);
    Sink sink{borrow(table)};
    check_clipping(x, bounds, sink, {norm, clamped});
    TORCH_CHECK(x.is_cpu(), "clipping: gradients are clamped on the CPU only, got some on ", x.device());
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "clamp", [&] {
      for_members(x.size(0), [&](int64_t m) {
        auto limit = static_cast<scalar_t>(bounds.data_ptr<double>()[m]);
        auto place = sink.member(m);
        place[clamped] = clamp_and_measure(x.data_ptr<scalar_t>() + m * x.size(1), x.size(1), limit, place[norm]) ? 1 : 0;
      });
    });
  });
}

// `factors` (S, R) ← min(1, c / (‖g‖ + 1e-6)) of each member's R ranges of `gradients` (S, P), which follow each other, each up
// to its end. A single range is the member as a whole, whose norm the table holds in the column `norm`. The norm after
// clipping, and whether a range was clipped as 1 or 0, go to the table. A NaN is no bound: it stays.
GT_EXPORT int32_t gt_clip_factors(Handle gradients, Handle thresholds, Handle factors, Handle ends, Handle table, int32_t norm,
                                  int32_t clipped_norm, int32_t clipped) {
  return checked([&] {
    auto g = borrow(gradients), bounds = borrow(thresholds), scales = borrow(factors), limits = borrow(ends);
    Sink sink{borrow(table)};
    check_clipping(g, bounds, sink, {norm, clipped_norm, clipped});
    TORCH_CHECK(scales.dim() == 2 && scales.size(0) == g.size(0) && scales.size(1) > 0 && scales.scalar_type() == at::kDouble &&
                    scales.is_contiguous() && scales.device() == g.device(),
                "clipping: factors must be float64 (S, ranges) beside the gradients, got ", scales.sizes());
    auto ranges = scales.size(1);
    TORCH_CHECK(limits.scalar_type() == at::kLong && limits.numel() == ranges && limits.is_contiguous() && limits.device() == g.device(),
                "clipping: ends must be int64 (ranges) beside the gradients, got ", limits.sizes());
    if (!g.is_cpu()) return clip_factors_on_device(g, bounds, scales, limits, sink, norm, clipped_norm, clipped);
    auto end = limits.data_ptr<int64_t>();
    TORCH_CHECK(std::is_sorted(end, end + ranges) && end[0] >= 0 && end[ranges - 1] <= g.size(1), "clipping: ends must be in order and within the gradients");
    AT_DISPATCH_FLOATING_TYPES(g.scalar_type(), "clip", [&] {
      for_members(g.size(0), [&](int64_t m) {
        std::vector<double> after(ranges);
        auto row = g.data_ptr<scalar_t>() + m * g.size(1);
        auto place = sink.member(m);
        auto factor = scales.data_ptr<double>() + m * ranges;
        bool any = false;
        for (int64_t r = 0, start = 0; r < ranges; start = end[r++]) {
          auto before = ranges == 1 ? place[norm] : norm_of(row + start, end[r] - start);
          auto share = bounds.data_ptr<double>()[m] / (before + kEpsilon);
          factor[r] = share > 1 ? 1 : share;
          after[r] = before * factor[r];
          any |= factor[r] < 1;
        }
        place[clipped_norm] = norm_of(after.data(), ranges);
        place[clipped] = any ? 1 : 0;
      });
    });
  });
}
