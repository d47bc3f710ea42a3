// Clipping by norm on a CUDA device.
#pragma once

#include "measure.h"

namespace gt {

// The factors that clip each range of each member's gradients (S, P) to its threshold, as gt_clip_factors has them. All on the device:
// thresholds float64 (S), factors float64 (S, R), ends int64 (R).
void clip_factors_on_device(const at::Tensor& gradients, const at::Tensor& thresholds, const at::Tensor& factors, const at::Tensor& ends,
                            const Sink& sink, int32_t norm, int32_t clipped_norm, int32_t clipped);

}  // namespace gt
