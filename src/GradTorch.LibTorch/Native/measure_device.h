// What measure.h measures, on a CUDA device: whatever is known at one time in one kernel.
#pragma once

#include "measure.h"

#include <vector>

namespace gt {

// Rows of numbers that all have as many elements and follow each other at equal distances, as layers that are alike do, and the
// table that each one's figures go to. Strides are in elements.
struct DeviceRows {
  const void* values;
  const void* before;  // subtracted first; null for nothing
  int64_t member_stride, row_stride, before_member_stride, before_row_stride;
  int64_t count;  // elements of a row
  double* table;
  int64_t table_member_stride, table_row_stride;
  double low, high;  // what is saturated
  int32_t rows;
  int32_t moments;  // 1: mean, standard deviation, the fraction that is saturated; 0: Euclidean norm, the fraction of exact zeros
  int32_t first, second, third, nonfinite;  // columns of these; -1 where one is not wanted
};

// Whether elements of this tensor can be measured by such kernels.
bool measures_on_device(const at::Tensor& tensor);

// All of them, of `like`'s members, type and device.
void measure_on_device(const std::vector<DeviceRows>& rows, const at::Tensor& like);

// False where the kernels don't take it: then nothing was done. `before` is subtracted first, if it is defined.
bool measure_norm_on_device(const at::Tensor& tensor, const at::Tensor& before, const Sink& sink, int32_t norm, int32_t zeros,
                            int32_t nonfinite);

bool measure_activation_on_device(const at::Tensor& activation, const Sink& sink, int32_t mean, int32_t deviation, int32_t saturated,
                                  int32_t nonfinite, double low, double high);

}  // namespace gt
