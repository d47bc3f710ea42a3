// Members are independent: each core takes some of them, and what is computed is the same to the bit however many there are.
#pragma once

#include "abi.h"

#include <ATen/Parallel.h>

#include <cfenv>

namespace gt {

// Calls body(member) for all of them, on as many threads as libtorch may use; what a body calls then keeps to its own.
// Denormals are flushed, or kept, as on the calling thread.
template <typename Body>
void for_members(int64_t members, const Body& body) {
  std::fenv_t environment;
  std::fegetenv(&environment);
  at::parallel_for(0, members, 1, [&](int64_t first, int64_t last) {
    at::AutoDispatchBelowADInplaceOrView below;
    std::fenv_t own;
    std::fegetenv(&own);
    std::fesetenv(&environment);
    for (int64_t m = first; m < last; m++) body(m);
    std::fesetenv(&own);
  });
}

}  // namespace gt
