// h = g(x W + b) for every member, as one node: forward keeps h alone, from which the slope follows, and backward goes through
// slope, bias gradient and what is recorded in one pass. On the CPU; the passes are those of an Elman layer of one timestep.
#include "elman_kernels.h"
#include "measure.h"
#include "members.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <vector>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

// How GradTorch.LibTorch.DenseLayer hands over what is recorded of a layer: the columns of a table.
struct GtDenseRecord {
  Handle table;  // float64 (S, Q)
  double low, high;
  int32_t mean, deviation, saturated, nonfinite;
  int32_t activation_gradient, preactivation_gradient, zeros;
};

namespace {

struct Record {
  at::Tensor table;
  GtDenseRecord columns;
};

struct DenseNode : Node {
  SavedVariable input, weight, output;
  at::Tensor weight_gradient, bias_gradient;
  Gate gate;
  std::vector<double> parameters;  // one per member
  Record record;

  std::string name() const override { return "DenseLayer"; }

  variable_list apply(variable_list&& gradients) override {
    at::AutoDispatchBelowADInplaceOrView below;
    if (!gradients[0].defined()) return {at::Tensor()};
    auto upstream = gradients[0].contiguous();
    auto x = input.unpack(), W = weight.unpack(), h = output.unpack(shared_from_this());
    auto x_gradient = task_should_compute_output(0) ? at::empty(x.sizes(), x.options()) : at::Tensor();
    AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "DenseLayer", [&] {
      for_members(h.size(0), [&](int64_t m) { backward<scalar_t>(m, upstream, x, W, h, x_gradient); });
    });
    return {x_gradient};
  }

  template <typename T>
  void backward(int64_t m, const at::Tensor& upstream, const at::Tensor& x, const at::Tensor& W, const at::Tensor& h,
                const at::Tensor& x_gradient) {
    auto batch = h.size(1), units = h.size(2);
    auto delta = at::empty({batch, units}, h.options()), sums = at::empty({1, units}, h.options());
    auto total = record.table.defined() ? at::empty_like(delta) : at::Tensor();
    BackwardCell<T> cell{{batch, units, 0}, gate, static_cast<T>(parameters[m]), {nullptr, 1}, false, total.defined(),
                         h.data_ptr<T>() + m * batch * units, upstream.data_ptr<T>() + m * batch * units,
                         total.defined() ? total.data_ptr<T>() : nullptr, nullptr, delta.data_ptr<T>(), nullptr,
                         sums.data_ptr<T>(), nullptr};
    auto measured = backward_cell(cell);
    if (total.defined()) write(cell, measured, Sink{record.table}.member(m));
    bias_gradient.select(0, m).add_(sums);
    weight_gradient.select(0, m).addmm_(x.select(0, m).t(), delta);
    if (!x_gradient.defined()) return;
    auto out = x_gradient.select(0, m);
    at::mm_out(out, delta, W.select(0, m).t());
  }

  template <typename T>
  void write(const BackwardCell<T>& cell, const CellRecord& sums, double* place) const {
    auto& columns = record.columns;
    auto count = cell.shape.batch * cell.shape.hidden;
    auto total = root<T>(sums.total, count, [&](int64_t i) { return cell.total[i]; });
    auto delta = root<T>(sums.delta, count, [&](int64_t i) { return cell.delta[i]; });
    place[columns.activation_gradient] = total;
    place[columns.preactivation_gradient] = delta;
    place[columns.zeros] = count == 0 ? 0 : static_cast<double>(sums.zeros) / count;
    if (!std::isfinite(total) || !std::isfinite(delta))
      place[columns.nonfinite] += count_nonfinite(cell.total, count) + count_nonfinite(cell.delta, count);
  }

  void release_variables() override {
    for (auto saved : {&input, &weight, &output}) saved->reset_data();
  }
};

void check(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const GtDenseRecord* record) {
  TORCH_CHECK(x.dim() == 3 && weight.dim() == 3 && bias.dim() == 3 && x.size(0) == weight.size(0) &&
                  x.size(2) == weight.size(1) && bias.size(0) == weight.size(0) && bias.size(1) == 1 &&
                  bias.size(2) == weight.size(2),
              "dense: expected x (S, B, in), weight (S, in, out) and bias (S, 1, out), got ", x.sizes(), ", ", weight.sizes(),
              " and ", bias.sizes());
  for (auto& tensor : {x, weight, bias})
    TORCH_CHECK(tensor.is_cpu() && tensor.scalar_type() == x.scalar_type() &&
                    (x.scalar_type() == at::kFloat || x.scalar_type() == at::kDouble),
                "dense: expected float32 or float64 on the CPU, got ", tensor.scalar_type(), " on ", tensor.device());
  if (record == nullptr) return;
  Sink{borrow(record->table)}.check(x, {record->mean, record->deviation, record->saturated, record->nonfinite,
                                        record->activation_gradient, record->preactivation_gradient, record->zeros});
}

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, Gate gate, const double* parameters) {
  auto h = at::empty({x.size(0), x.size(1), weight.size(2)}, x.options());
  AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "DenseLayer", [&] {
    for_members(x.size(0), [&](int64_t m) {
      auto state = h.select(0, m);
      at::mm_out(state, x.select(0, m), weight.select(0, m));
      auto b = bias.select(0, m).contiguous();
      forward_cell(ForwardCell<scalar_t>{{h.size(1), h.size(2), 0}, gate, static_cast<scalar_t>(parameters[m]), {nullptr, 1},
                                         true, nullptr, nullptr, b.data_ptr<scalar_t>(), nullptr, state.data_ptr<scalar_t>()});
    });
  });
  return h;
}

}  // namespace

// x (S, B, in), weight (S, in, out), bias (S, 1, out), which must have their .grad; parameters of the gate, one per member;
// record may be null.
GT_EXPORT Handle gt_dense(Handle x_handle, Handle weight_handle, Handle bias_handle, int32_t gate, const double* parameters,
                          const GtDenseRecord* record) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    auto x = borrow(x_handle), weight = borrow(weight_handle), bias = borrow(bias_handle);
    check(x, weight, bias, record);
    bool graph = c10::GradMode::is_enabled() && (weight.requires_grad() || x.requires_grad());
    at::Tensor h;
    {
      at::AutoDispatchBelowADInplaceOrView below;
      h = forward(x, weight, bias, static_cast<Gate>(gate), parameters);
      if (record != nullptr)
        measure_activation(h, {borrow(record->table)}, record->mean, record->deviation, record->saturated, record->nonfinite,
                           record->low, record->high);
    }
    if (!graph) return give(h);
    TORCH_CHECK(weight.grad().defined() && bias.grad().defined(), "dense: weight and bias need a .grad to add to");
    auto node = std::shared_ptr<DenseNode>(new DenseNode(), torch::autograd::deleteNode);
    node->input = SavedVariable(x, false);
    node->weight = SavedVariable(weight, false);
    node->weight_gradient = weight.grad();
    node->bias_gradient = bias.grad();
    node->gate = static_cast<Gate>(gate);
    node->parameters.assign(parameters, parameters + x.size(0));
    if (record != nullptr) node->record = {borrow(record->table), *record};
    node->set_next_edges(torch::autograd::collect_next_edges(x));
    torch::autograd::set_history(h, node);
    node->output = SavedVariable(h, true);
    return give(h);
  });
}
