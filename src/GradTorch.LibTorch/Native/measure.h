// What is measured of a tensor, member by member: sums in float64, so that nothing underflows or overflows.
#pragma once

#include "abi.h"

#include <initializer_list>

namespace gt {

// Where the figures of one layer go: a float64 tensor (S, Q), member by quantity.
struct Sink {
  at::Tensor table;

  double* member(int64_t m) const { return static_cast<double*>(table.data_ptr()) + m * table.stride(0); }
  // One quantity of all members: for devices whose memory the host can't write.
  at::Tensor column(int64_t quantity) const { return table.select(1, quantity); }
  // Throws when the table can't take these quantities of that tensor; -1 is one that is not wanted.
  void check(const at::Tensor& tensor, std::initializer_list<int32_t> quantities) const;
};

// Euclidean norm per member; with `zeros` the fraction of exact zeros; adds the non-finite elements to `nonfinite`.
// An index of -1 stands for a quantity that is not wanted.
void measure_norm(const at::Tensor& tensor, const Sink& sink, int32_t norm, int32_t zeros, int32_t nonfinite);

}  // namespace gt
