// What every step of an optimiser takes, wherever it is done.
#pragma once

#include "abi.h"

namespace gt {

// All parameters of all members, (S, P), with their gradients, and what the gradients are multiplied by: float64 (S, R), a factor for
// each range of each member's parameters. The ranges follow each other, each up to its end (int64 (R)). Without factors all is one
// range times 1. `rates` is float64 (S), `alive` bool (S).
struct Step {
  at::Tensor weight, gradient, factors, ends, rates, alive;

  int64_t members() const { return weight.size(0); }
  int64_t count() const { return weight.size(1); }
  int64_t ranges() const { return factors.defined() ? factors.size(1) : 1; }
  // Throws when something does not fit the parameters.
  void check() const;
  // A state laid out like the parameters, or undefined: throws if it isn't.
  void check_state(const at::Tensor& state) const;
};

}  // namespace gt
