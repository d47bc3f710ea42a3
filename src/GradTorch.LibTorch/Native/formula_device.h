// A formula as a function of kernels for a CUDA device.
#pragma once

#include "formula.h"

#include <string>
#include <vector>

namespace gt {

// The source of `__device__ T name(T z, T parameter)`, step by step.
std::string device_function(const char* name, const std::vector<Step>& steps);

}  // namespace gt
