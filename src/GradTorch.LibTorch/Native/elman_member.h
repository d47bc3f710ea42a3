// One member of an Elman layer: all its timesteps forwards, and backwards. A timestep is small enough to stay in cache from
// the matrix product to all that is done with it, so nothing but the states is stored for backward.
#pragma once

#include "abi.h"
#include "elman_kernels.h"

#include <vector>

namespace gt {

// Columns of a timestep's record; GradTorch.Quantities.TimestepQuantity.
enum Quantity { kTotal, kDelta, kShare, kZeros, kNonfinite, kQuantities };

struct Scan {
  int64_t members, timesteps, batch, features, hidden;
  Gate gate;
  std::vector<double> parameters;  // one per member
  int64_t truncate;                // 0 for none
  at::Tensor lengths;              // (S, B) or undefined
  std::vector<double> penalties;   // weight of Ω, one per member; empty without
  bool every;

  int64_t cell() const { return batch * hidden; }
  // Where a member's inputs of a timestep begin.
  int64_t input(int64_t member, int64_t timestep) const { return (member * timesteps + timestep) * batch * features; }
  bool narrow() const { return features <= kNarrow; }
  // Counted from 1.
  bool cuts_after(int64_t timestep) const { return truncate > 0 && timestep % truncate == 0; }
  CellShape shape() const { return {batch, hidden, narrow() ? features : 0}; }
  Lengths at(int64_t member, int64_t timestep) const {
    return {lengths.defined() ? lengths.data_ptr<int64_t>() + member * batch : nullptr, timestep};
  }
};

// What backward adds to, and where the gradient of x goes: undefined when it is not needed.
struct Gradients {
  at::Tensor input, bias, recurrent;
  at::Tensor x;
};

// `states` (S, kept_states, B, H) takes the states in turn: with fewer than T, later ones the places of earlier ones.
void forward_member(const Scan& scan, int64_t m, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
                    const at::Tensor& recurrent, const at::Tensor& states, int64_t kept_states);

// `gradient` is of the output; `record` the member's (T, kQuantities), or null; `omega` the place of its Ω, or null.
void backward_member(const Scan& scan, int64_t m, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& input,
                     const at::Tensor& recurrent, const at::Tensor& states, const Gradients& gradients, double* record,
                     double* omega);

}  // namespace gt
