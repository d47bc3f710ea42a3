// What is measured of a tensor, member by member: sums in float64, so that nothing underflows or overflows.
#pragma once

#include "abi.h"

namespace gt {

// Where the figures of one layer at one recorded step go: a float64 tensor, the place of member 0's first quantity in
// it, and the distance from member to member. An index of -1 stands for a quantity that is not wanted.
struct Sink {
  at::Tensor buffer;
  int64_t offset;
  int64_t member_stride;

  double* member(int64_t m) const { return static_cast<double*>(buffer.data_ptr()) + offset + m * member_stride; }
  // The same quantity of all members, as a tensor: for devices whose memory the host can't write.
  at::Tensor column(int64_t index, int64_t members) const {
    return buffer.as_strided({members}, {member_stride}, buffer.storage_offset() + offset + index);
  }
};

// Euclidean norm per member; with `zeros` the fraction of exact zeros; counts non-finite elements into `nonfinite`.
void measure_norm(const at::Tensor& tensor, const Sink& sink, int32_t norm, int32_t zeros, int32_t nonfinite);

}  // namespace gt
