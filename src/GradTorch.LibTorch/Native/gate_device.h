// The activations of gate.h as kernels on a CUDA device have them: GATE is a Gate.
#pragma once

namespace gt {

constexpr char kGates[] = R"cuda(
__device__ T gate(T a, T parameter) {
#if GATE == 1
  T e = exp(-fabs(a));
  return (a < 0 ? e : (T)1) / (1 + e);
#elif GATE == 2
  return tanh(a * parameter);
#elif GATE == 3
  return a < 0 ? (T)0 : a;
#elif GATE == 4
  return a < 0 ? a * parameter : a;
#else
  return a;
#endif
}

// The gradient through the gate, whose slope follows from h = g(a).
__device__ T through(T gradient, T h, T parameter) {
#if GATE == 1
  return gradient * (h * (1 - h));
#elif GATE == 2
  return gradient * ((1 - h * h) * parameter);
#elif GATE == 3
  return h > 0 ? gradient : gradient * 0;
#elif GATE == 4
  return h > 0 ? gradient : gradient * parameter;
#else
  return gradient;
#endif
}
)cuda";

}  // namespace gt
