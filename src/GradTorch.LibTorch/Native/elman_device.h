// An Elman layer on a CUDA device: all timesteps in one kernel, forwards and backwards. Sequences do not meet in a scan, so each has
// a block of threads of its own, a thread for each unit, which keeps the unit's recurrent weights in registers and the state in
// shared memory from the first timestep to the last.
#pragma once

#include "elman_member.h"

namespace gt {

// Whether a layer's unit fits a thread, and kernels can be compiled. Else operators go timestep by timestep.
bool scans_on_device(const at::Tensor& x, int64_t hidden);

// Every state (S, T, B, H) of all members.
at::Tensor forward_on_device(const Scan& scan, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
                             const at::Tensor& recurrent);

// `gradient` is of the output, `record` (S, T, kQuantities) or undefined.
void backward_on_device(const Scan& scan, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& input,
                        const at::Tensor& recurrent, const at::Tensor& states, const Gradients& gradients, const at::Tensor& record);

}  // namespace gt
