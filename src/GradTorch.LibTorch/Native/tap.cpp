// A tap: measures the gradient that reaches a tensor in backward and leaves it as it is. A hook on the tensor does that
// without a node of its own, at half the price of an identity function.
#include "measure.h"

#include <c10/core/GradMode.h>

using namespace gt;

// In backward the norm of the tensor's gradient, its fraction of exact zeros and its non-finite elements go to the table.
// Nothing happens for a tensor that needs no gradient.
GT_EXPORT int32_t gt_tap(Handle tensor, Handle table, int32_t norm, int32_t zeros, int32_t nonfinite) {
  return checked([&] {
    auto source = borrow(tensor);
    if (!c10::GradMode::is_enabled() || !source.requires_grad()) return;
    Sink sink{borrow(table)};
    sink.check(source, {norm, zeros, nonfinite});
    source.register_hook([sink, norm, zeros, nonfinite](const at::Tensor& gradient) {
      if (gradient.defined()) measure_norm(gradient, sink, norm, zeros, nonfinite);
    });
  });
}
