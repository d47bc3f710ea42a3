// The activations that kernels have built in, lane by lane.
#pragma once

#include "lanes.h"

namespace gt {

// They have their slope from h = g(a) alone; the parameter is n of tanh(na), or s of leaky ReLU.
enum class Gate : int32_t { identity, sigmoid, tanh, relu, leaky_relu };

template <Gate gate>
using GateConstant = std::integral_constant<Gate, gate>;

// Calls body(GateConstant<gate>()).
template <typename Body>
GT_BODY auto with_gate(Gate gate, Body body) {
  switch (gate) {
    case Gate::tanh: return body(GateConstant<Gate::tanh>());
    case Gate::sigmoid: return body(GateConstant<Gate::sigmoid>());
    case Gate::relu: return body(GateConstant<Gate::relu>());
    case Gate::leaky_relu: return body(GateConstant<Gate::leaky_relu>());
    default: return body(GateConstant<Gate::identity>());
  }
}

template <Gate gate, typename V>
GT_BODY V activate(const V& a, Element<V> parameter) {
  if constexpr (gate == Gate::tanh) return tanh<V>(a * parameter);
  if constexpr (gate == Gate::sigmoid) return sigmoid<V>(a);
  // In this order a NaN stays.
  if constexpr (gate == Gate::relu) return a < 0 ? V{} : a;
  if constexpr (gate == Gate::leaky_relu) return a < 0 ? a * parameter : a;
  return a;
}

template <Gate gate, typename V>
GT_BODY V through_slope(const V& gradient, const V& h, Element<V> parameter) {
  if constexpr (gate == Gate::tanh) return gradient * ((1 - h * h) * parameter);
  if constexpr (gate == Gate::sigmoid) return gradient * (h * (1 - h));
  if constexpr (gate == Gate::relu) return h > 0 ? gradient : gradient * 0;
  if constexpr (gate == Gate::leaky_relu) return h > 0 ? gradient : gradient * parameter;
  return gradient;
}

}  // namespace gt
