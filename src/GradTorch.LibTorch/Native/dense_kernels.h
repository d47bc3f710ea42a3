// What happens to one layer of one member between the matrix products, in one pass over memory that is still in cache.
#pragma once

#include "gate.h"

namespace gt {

// Where a skip path r joins with scale s: r += s z, h = g(r), or r += s g(z).
enum class Join : int32_t { none, before_activation, after_activation };

template <typename T>
struct DenseForward {
  int64_t batch, units;
  Gate gate;
  T parameter;
  Join join;
  T scale;
  const T* bias;  // (H)
  T* state;       // (B, H) products; then h
  T* entering;    // (B, H) what enters g, where the slope needs it; else null
  T* stream;      // (B, H) r, null without a join
};

template <typename T>
struct DenseBackward {
  int64_t batch, units;
  Gate gate;
  T parameter;
  Join join;
  T scale;
  bool record;
  const T* state;   // (B, H) h
  const T* slopes;  // (B, H) what backward multiplies by; null where that is the gate's own slope
  T* upstream;     // (B, H) gradient of what goes on to the next layer; ∂L/∂g, left there when it is recorded
  T* carry;        // (B, H) gradient that comes back on the skip path, null without a join
  T* delta;        // (B, H) ∂L/∂(x W + b)
  T* sums;         // (H) Σ of it over the batch
};

// Of ∂L/∂g and of ∂L/∂ what enters g: sums of squares in float64; of the second the number of zeros.
struct DenseSums {
  double total = 0, delta = 0;
  int64_t zeros = 0;
};

void forward_dense(const DenseForward<float>& layer);
void forward_dense(const DenseForward<double>& layer);
DenseSums backward_dense(const DenseBackward<float>& layer);
DenseSums backward_dense(const DenseBackward<double>& layer);

}  // namespace gt
