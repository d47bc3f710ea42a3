// Clipping by value, in place and in one pass.
#include "abi.h"
#include "clones.h"

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

}  // namespace

using namespace gt;

// Clamps each member's row of `tensor` (S, P) to ±its limit. `limits` is float64 (S); whether an element was beyond goes, as 1
// or 0, to a column of the float64 `table` (S, Q).
GT_EXPORT int32_t gt_clamp(Handle tensor, Handle limits, Handle table, int32_t clamped) {
  return checked([&] {
    auto x = borrow(tensor), bounds = borrow(limits), figures = borrow(table);
    TORCH_CHECK(x.dim() == 2 && x.is_contiguous() && x.is_cpu(), "clamp: expected one contiguous (S, P) tensor on the CPU");
    TORCH_CHECK(bounds.scalar_type() == at::kDouble && bounds.numel() == x.size(0) && bounds.is_contiguous() && bounds.is_cpu(),
                "clamp: limits must be float64 (S) on the CPU");
    TORCH_CHECK(figures.dim() == 2 && figures.scalar_type() == at::kDouble && figures.size(0) == x.size(0) && figures.is_cpu() &&
                    clamped >= 0 && clamped < figures.size(1),
                "clamp: expected a float64 table (S, quantities) with that quantity");
    auto places = figures.accessor<double, 2>();
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "clamp", [&] {
      for (int64_t m = 0; m < x.size(0); m++) {
        auto limit = static_cast<scalar_t>(bounds.data_ptr<double>()[m]);
        places[m][clamped] = clamp(x.data_ptr<scalar_t>() + m * x.size(1), x.size(1), limit) ? 1 : 0;
      }
    });
  });
}
