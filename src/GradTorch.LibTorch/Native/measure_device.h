// What measure.h measures, on a CUDA device: each in one or two kernels of our own.
#pragma once

#include "measure.h"

namespace gt {

// False where the device's kernels can't be compiled, or its elements lie in a way or are of a type that they don't take; then
// nothing was done. `before` is subtracted first, if it is defined.
bool measure_norm_on_device(const at::Tensor& tensor, const at::Tensor& before, const Sink& sink, int32_t norm, int32_t zeros,
                            int32_t nonfinite);

bool measure_activation_on_device(const at::Tensor& activation, const Sink& sink, int32_t mean, int32_t deviation, int32_t saturated,
                                  int32_t nonfinite, double low, double high);

// The factors that clip each range of each member's gradients (S, P) to its threshold, as gt_clip_factors has them. All on the device:
// thresholds float64 (S), factors float64 (S, R), ends int64 (R).
void clip_factors_on_device(const at::Tensor& gradients, const at::Tensor& thresholds, const at::Tensor& factors, const at::Tensor& ends,
                            const Sink& sink, int32_t norm, int32_t clipped_norm, int32_t clipped);

}  // namespace gt
