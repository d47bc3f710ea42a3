// A formula in z and a parameter, step by step over a block of numbers that stays in the nearest cache.
#pragma once

#include <cstdint>

namespace gt {

enum class Operation : int32_t {
  input, parameter, constant, add, subtract, multiply, divide, absolute, exponential, sigmoid, positive_part, at_most
};

// x and y are numbers of steps before it. As GradTorch.LibTorch.ElementwiseStep.
struct Step {
  Operation operation;
  int32_t x, y;
  double constant;
};

constexpr int64_t kMostSteps = 32;

// out = the outcome of the last step, for each of n numbers z.
void evaluate(const Step* steps, int64_t count, const float* z, double parameter, float* out, int64_t n);
void evaluate(const Step* steps, int64_t count, const double* z, double parameter, double* out, int64_t n);

}  // namespace gt
