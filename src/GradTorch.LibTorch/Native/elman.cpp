// An Elman layer over a whole sequence, as one node of the graph: a_t = x_t U + h_{t-1} W + b, h_t = g(a_t). On the CPU members are
// gone through one by one (elman_member.h), on a CUDA device all together (elman_device.h).
#include "elman_device.h"
#include "elman_member.h"
#include "measure.h"
#include "members.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

namespace {

struct ElmanNode : Node {
  Scan scan;
  SavedVariable x, input, recurrent, output;
  at::Tensor states;
  at::Tensor record, omega;
  Gradients gradients;

  std::string name() const override { return "ElmanScan"; }

  variable_list apply(variable_list&& upstream) override {
    at::AutoDispatchBelowADInplaceOrView below;
    if (!upstream[0].defined()) return {at::Tensor()};
    auto gradient = upstream[0].contiguous();
    auto sequence = x.unpack().contiguous(), U = input.unpack(), W = recurrent.unpack();
    if (scan.every) output.unpack(shared_from_this());  // throws when the states have been changed in place
    gradients.x = task_should_compute_output(0) ? at::empty(sequence.sizes(), sequence.options()) : at::Tensor();
    if (!states.is_cpu()) {
      backward_on_device(scan, gradient, sequence, U, W, states, gradients, record);
      return {std::move(gradients.x)};
    }
    for_members(scan.members, [&](int64_t m) {
      auto rows = record.defined() ? record.data_ptr<double>() + m * scan.timesteps * kQuantities : nullptr;
      backward_member(scan, m, gradient, sequence, U, W, states, gradients, rows,
                      omega.defined() ? omega.data_ptr<double>() + m : nullptr);
    });
    return {std::move(gradients.x)};
  }

  void release_variables() override {
    for (auto saved : {&x, &input, &recurrent, &output}) saved->reset_data();
    states.reset();
  }
};

// What a layer keeps between its scans.
struct Memory {
  at::Tensor states;
};

// Memory for the states: the layer's, unless a graph or an output of before still holds it.
at::Tensor states_in(Memory* memory, at::IntArrayRef sizes, const at::TensorOptions& options) {
  if (memory == nullptr) return at::empty(sizes, options);
  auto& kept = memory->states;
  bool fits = kept.defined() && kept.sizes() == sizes && kept.scalar_type() == c10::typeMetaToScalarType(options.dtype());
  if (!fits || kept.use_count() > 1 || kept.storage().use_count() > 1) kept = at::empty(sizes, options);
  return kept;
}

void check(const Scan& scan, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
           const at::Tensor& recurrent, const at::Tensor& record, const at::Tensor& omega) {
  TORCH_CHECK((x.is_cpu() || (scans_on_device(x, scan.hidden) && scan.penalties.empty())) &&
                  (x.scalar_type() == at::kFloat || x.scalar_type() == at::kDouble),
              "elman: expected float32 or float64 where this scan can go, got ", x.scalar_type(), " on ", x.device());
  for (auto& weight : {input, bias, recurrent})
    TORCH_CHECK(weight.dim() == 3 && weight.scalar_type() == x.scalar_type() && weight.device() == x.device(), "elman: x is ",
                x.scalar_type(), " on ", x.device(), ", a weight ", weight.scalar_type(), " on ", weight.device());
  TORCH_CHECK(input.size(0) == scan.members && input.size(1) == scan.features && bias.size(0) == scan.members &&
                  bias.size(1) == 1 && bias.size(2) == scan.hidden && recurrent.size(0) == scan.members &&
                  recurrent.size(1) == scan.hidden && recurrent.size(2) == scan.hidden && scan.timesteps > 0,
              "elman: expected x (S, T, B, D), U (S, D, H), b (S, 1, H) and W (S, H, H), got ", x.sizes(), ", ",
              input.sizes(), ", ", bias.sizes(), " and ", recurrent.sizes());
  TORCH_CHECK(!scan.lengths.defined() || (scan.lengths.sizes() == at::IntArrayRef{scan.members, scan.batch} &&
                                          scan.lengths.scalar_type() == at::kLong && scan.lengths.is_contiguous() &&
                                          scan.lengths.device() == x.device()),
              "elman: expected lengths int64 (S, B)");
  TORCH_CHECK(!record.defined() || (record.sizes() == at::IntArrayRef{scan.members, scan.timesteps, kQuantities} &&
                                    record.scalar_type() == at::kDouble && record.is_contiguous() && record.device() == x.device()),
              "elman: expected a contiguous float64 record (S, T, ", kQuantities, ")");
  TORCH_CHECK(!omega.defined() || (omega.sizes() == at::IntArrayRef{scan.members} && omega.is_contiguous() &&
                                   omega.scalar_type() == at::kDouble && omega.is_cpu()),
              "elman: expected a contiguous float64 Ω (S)");
}

}  // namespace

// How GradTorch.LibTorch.ElmanLayer hands over what a scan needs beside its tensors.
struct GtElmanOptions {
  const double* parameters;  // of the gate, one per member
  Handle lengths;            // int64 (S, B), or null
  Handle record;             // float64 (S, T, 5), or null
  Handle state_record;       // float64 (S, Q), or null
  const double* penalties;   // weight of Ω, one per member; or null
  Handle omega;              // float64 (S), or null
  Memory* memory;            // or null
  double low, high;
  int64_t truncate;  // 0 for none
  int32_t gate;
  int32_t every;
  int32_t mean, deviation, saturated, nonfinite;
};

// Whether gt_elman_scan takes x, with so many units.
GT_EXPORT int32_t gt_elman_takes(Handle x, int64_t hidden) {
  return guarded<int32_t>(0, [&]() -> int32_t {
    auto tensor = borrow(x);
    return tensor.is_cpu() || scans_on_device(tensor, hidden);
  });
}

GT_EXPORT Memory* gt_elman_memory_new() { return new Memory(); }

GT_EXPORT void gt_elman_memory_release(Memory* memory) { delete memory; }

// x (S, T, B, D), input (S, D, H), bias (S, 1, H), recurrent (S, H, H); the weights must have their .grad.
GT_EXPORT Handle gt_elman_scan(Handle x_handle, Handle input_handle, Handle bias_handle, Handle recurrent_handle,
                               const GtElmanOptions* options) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    auto x = borrow(x_handle), input = borrow(input_handle), bias = borrow(bias_handle), recurrent = borrow(recurrent_handle);
    TORCH_CHECK(x.dim() == 4 && input.dim() == 3, "elman: expected x (S, T, B, D) and U (S, D, H)");
    auto lengths = borrow(options->lengths), record = borrow(options->record), omega = borrow(options->omega);
    auto of_members = [&](const double* values) { return std::vector<double>(values, values + x.size(0)); };
    Scan scan{x.size(0), x.size(1), x.size(2), x.size(3), input.size(2), static_cast<Gate>(options->gate),
              of_members(options->parameters), options->truncate, lengths.defined() ? lengths.contiguous() : lengths,
              options->penalties == nullptr ? std::vector<double>() : of_members(options->penalties), options->every != 0};
    check(scan, x, input, bias, recurrent, record, omega);
    bool graph = c10::GradMode::is_enabled() && (recurrent.requires_grad() || x.requires_grad());
    auto kept_states = graph || scan.every || options->state_record != nullptr || !x.is_cpu() ? scan.timesteps : std::min<int64_t>(2, scan.timesteps);
    at::Tensor states, output;
    {
      at::AutoDispatchBelowADInplaceOrView below;
      auto sequence = x.contiguous();
      // A scan that keeps two states for itself would take the place of all those of a step.
      auto memory = kept_states == scan.timesteps ? options->memory : nullptr;
      if (x.is_cpu()) {
        states = states_in(memory, {scan.members, kept_states, scan.batch, scan.hidden}, x.options());
        for_members(scan.members, [&](int64_t m) {
          forward_member(scan, m, sequence, input, bias, recurrent, states, kept_states);
        });
      } else {
        states = forward_on_device(scan, sequence, input, bias, recurrent);
      }
      if (options->state_record != nullptr)
        measure_activation(states, {borrow(options->state_record)}, options->mean, options->deviation, options->saturated,
                           options->nonfinite, options->low, options->high);
      output = scan.every ? states.alias() : states.select(1, (scan.timesteps - 1) % kept_states).clone();
    }
    if (!graph) return give(output);
    for (auto& weight : {input, bias, recurrent})
      TORCH_CHECK(weight.grad().defined(), "elman: U, b and W need a .grad to add to");
    auto node = std::shared_ptr<ElmanNode>(new ElmanNode(), torch::autograd::deleteNode);
    node->scan = std::move(scan);
    node->x = SavedVariable(x, false);
    node->input = SavedVariable(input, false);
    node->recurrent = SavedVariable(recurrent, false);
    node->states = states;
    node->record = record;
    node->omega = omega;
    node->gradients = {input.grad(), bias.grad(), recurrent.grad(), at::Tensor()};
    node->set_next_edges(torch::autograd::collect_next_edges(x));
    torch::autograd::set_history(output, node);
    if (options->every != 0) node->output = SavedVariable(output, true);
    return give(output);
  });
}
