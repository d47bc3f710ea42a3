// What happens to one timestep of one member between the matrix products, in one pass over memory that is still in cache.
#pragma once

#include "gate.h"

namespace gt {

// So few features are projected along the way; more are worth a matrix product.
constexpr int64_t kNarrow = 4;

struct CellShape {
  int64_t batch, hidden;
  int64_t features;  // of the inputs that are projected along the way; 0 when a product has done it
};

// Of a batch in which sequences end: at a timestep (from 1) beyond its length a sequence keeps its state.
struct Lengths {
  const int64_t* of;  // null when none ends early
  int64_t timestep;

  bool running(int64_t row) const { return of == nullptr || timestep <= of[row]; }
  bool running_next(int64_t row) const { return of == nullptr || timestep < of[row]; }
};

template <typename T>
struct ForwardCell {
  CellShape shape;
  Gate gate;
  T parameter;
  Lengths lengths;
  bool product;     // whether `state` holds products that add to the rest
  const T* x;       // (B, features)
  const T* input;   // (features, H)
  const T* bias;    // (H)
  const T* before;  // (B, H) the state before; null at the first timestep
  T* state;         // (B, H)
};

template <typename T>
struct BackwardCell {
  CellShape shape;
  Gate gate;
  T parameter;
  Lengths lengths;
  bool product;     // whether `total` holds what the next timestep passes back
  bool record;
  const T* state;   // (B, H)
  const T* direct;  // (B, H) gradient of this timestep's output; null for none
  T* total;         // (B, H) ∂L/∂h_t, left there when it is recorded
  T* kept;          // (B, H) what passes back through the states that are kept; null when none are
  T* delta;         // (B, H) ∂L/∂a_t
  const T* x;       // (B, features)
  T* sums;          // (1 + features, H) Σ δ and Σ x δ over the batch
  double* squares;  // (B) ‖∂L/∂h_t‖² of each sequence, as far as it counts; null when it isn't wanted
};

// Sums of squares in float64, and the number of zeros.
struct CellRecord {
  double total = 0, delta = 0;
  int64_t zeros = 0;
};

void forward_cell(const ForwardCell<float>& cell);
void forward_cell(const ForwardCell<double>& cell);
CellRecord backward_cell(const BackwardCell<float>& cell);
CellRecord backward_cell(const BackwardCell<double>& cell);

// sum += share; returns the share's sum of squares in float64.
double accumulate(float* sum, const float* share, int64_t count);
double accumulate(double* sum, const double* share, int64_t count);

}  // namespace gt
