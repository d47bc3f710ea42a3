// A tap: an identity in the graph that measures the gradient passing through it and hands it on untouched.
#include "measure.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::variable_list;

namespace {

struct TapNode : Node {
  Sink sink;
  int32_t norm;
  int32_t zeros;
  int32_t nonfinite;

  std::string name() const override { return "GradientTap"; }

  variable_list apply(variable_list&& gradients) override {
    if (gradients[0].defined()) measure_norm(gradients[0], sink, norm, zeros, nonfinite);
    return std::move(gradients);
  }
};

}  // namespace

// The same elements in the same memory; in backward its gradient's norm (and zeros, non-finites) go to the table.
GT_EXPORT Handle gt_tap(Handle tensor, Handle table, int32_t norm, int32_t zeros, int32_t nonfinite) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    auto source = borrow(tensor);
    if (!c10::GradMode::is_enabled() || !source.requires_grad()) return give(source);
    auto node = std::shared_ptr<TapNode>(new TapNode(), torch::autograd::deleteNode);
    node->sink = {borrow(table)};
    node->norm = norm;
    node->zeros = zeros;
    node->nonfinite = nonfinite;
    node->set_next_edges(torch::autograd::collect_next_edges(source));
    auto same = source.detach();
    torch::autograd::set_history(same, node);
    return give(same);
  });
}
