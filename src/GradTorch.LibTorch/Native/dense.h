// Layers h_n = g(h_{n-1} W_n + b_n) one after the other, with skip paths or without: what is known of them, and who carries them out.
#pragma once

#include "dense_kernels.h"
#include "formula.h"
#include "measure.h"

#include <algorithm>
#include <vector>

namespace gt {

// How GradTorch.LibTorch.DenseStack hands over what is recorded of a layer: the columns of a table.
struct GtDenseRecord {
  Handle table;  // float64 (S, Q); null where nothing is recorded
  double low, high;
  int32_t mean, deviation, saturated, nonfinite;
  int32_t activation_gradient, preactivation_gradient, zeros;
};

struct GtDenseLayer {
  Handle weight, bias;       // (S, in, out) and (S, 1, out), which must have their .grad
  const double* parameters;  // of the gate, one per member
  const Step* slope;         // of a surrogate; null for the gate's own
  const double* slope_parameters;
  const double* limits;      // slopes up to these are saturated; null where nothing is recorded
  double scale;
  int32_t gate, join, slope_steps;
  GtDenseRecord record;
};

struct Layer {
  at::Tensor weight, bias, weight_gradient, bias_gradient;
  uint32_t version;  // of the weight in forward
  at::Tensor state;  // (S, B, out) h
  at::Tensor next;   // (S, B, out) what the next layer takes, where that is not h
  at::Tensor entering;  // (S, B, out) what enters g, if a surrogate's slope needs it
  std::vector<double> parameters, slope_parameters, limits;
  std::vector<Step> slope;
  double scale;
  Gate gate;
  Join join;
  at::Tensor table;
  GtDenseRecord columns;

  int64_t inputs() const { return weight.size(1); }
  int64_t units() const { return weight.size(2); }
  bool has_surrogate() const { return !slope.empty(); }
  const at::Tensor& output() const { return next.defined() ? next : state; }
};

using Layers = std::vector<Layer>;

// Forward keeps in each layer what backward needs. x (S, B, in), each member's in one piece; the skip path (S, B, out) is undefined where
// no layer joins one.
void forward_on_host(Layers& layers, const at::Tensor& x, const at::Tensor& skipped);

// Adds to the gradients of weights and biases, records what is to be, and fills the gradients of x and of the skip path where they are
// defined. `gradient` (S, B, out) is that of the last output.
void backward_on_host(const Layers& layers, const at::Tensor& x, const at::Tensor& gradient, const at::Tensor& x_gradient,
                      const at::Tensor& skip_gradient);

// The same on a CUDA device: of layers of one width and one activation, if dense_on_device(x, width).
bool dense_on_device(const at::Tensor& x, int64_t units);
void forward_on_device(Layers& layers, const at::Tensor& x, const at::Tensor& skipped);
void backward_on_device(const Layers& layers, const at::Tensor& x, const at::Tensor& gradient, const at::Tensor& x_gradient,
                        const at::Tensor& skip_gradient);

}  // namespace gt
