// A number of each member on a CUDA device.
#pragma once

#include "abi.h"

namespace gt {

// float64 (S) on the device of `like`. Nothing is copied from the host's memory, which a captured step could not repeat: the numbers
// travel as arguments of kernels.
at::Tensor numbers_on_device(const std::vector<double>& numbers, const at::Tensor& like);

}  // namespace gt
