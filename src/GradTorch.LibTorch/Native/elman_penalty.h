// The vanishing-gradient regulariser of Pascanu, Mikolov and Bengio 2013 (section 3.3): Ω is the mean over the pairs of
// sequence and timestep of (‖δ_t Wᵀ‖² / ‖∂L/∂h_t‖² - 1)².
#pragma once

#include "elman_kernels.h"

namespace gt {

// One timestep's pairs.
template <typename T>
struct PenaltyCell {
  CellShape shape;
  Lengths lengths;
  const double* squares;  // (B) ‖∂L/∂h_t‖² of each sequence
  const T* delta;         // (B, H) δ_t
  const T* through;       // (B, H) δ_t Wᵀ
  T* left;                // (B, H) and
  T* right;               // (B, H): leftᵀ right is the sum's derivative by W, δ_t and ∂L/∂h_t taken as constants
};

struct PenaltySum {
  double terms = 0;
  int64_t pairs = 0;  // those with a gradient, neither 0 nor infinite
};

PenaltySum penalise(const PenaltyCell<float>& cell);
PenaltySum penalise(const PenaltyCell<double>& cell);

}  // namespace gt
