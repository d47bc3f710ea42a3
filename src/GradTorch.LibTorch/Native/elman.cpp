// An Elman layer over a whole sequence, as one node of the graph and for the CPU: a_t = x_t U + h_{t-1} W + b, h_t = g(a_t).
// A timestep of one member is small enough to stay in cache from the matrix product to all that is done with it, so members
// are gone through one by one, and nothing but the states is stored for backward.
#include "elman_kernels.h"
#include "elman_penalty.h"
#include "measure.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <optional>

using namespace gt;
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

namespace {

// Columns of a timestep's record; GradTorch.Gradients.TimestepQuantity.
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
  bool narrow() const { return features <= kNarrow; }
  // Counted from 1.
  bool cuts_after(int64_t timestep) const { return truncate > 0 && timestep % truncate == 0; }
  CellShape shape() const { return {batch, hidden, narrow() ? features : 0}; }
  Lengths at(int64_t member, int64_t timestep) const {
    return {lengths.defined() ? lengths.data_ptr<int64_t>() + member * batch : nullptr, timestep};
  }
};

// A matrix that is moved along a longer tensor: making a view for every timestep would cost as much as a small product.
struct Window {
  at::Tensor matrix;
  int64_t start, size;

  Window(const at::Tensor& all, int64_t rows, int64_t columns, int64_t first)
      : matrix(all.as_strided({rows, columns}, {columns, 1}, all.storage_offset() + first * rows * columns)),
        start(matrix.storage_offset()),
        size(rows * columns) {}

  const at::Tensor& at(int64_t index) {
    matrix.unsafeGetTensorImpl()->set_storage_offset(start + index * size);
    return matrix;
  }
};

at::Tensor transposed(const at::Tensor& matrix) { return matrix.t(); }

template <typename T>
void forward_member(const Scan& scan, int64_t m, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
                    const at::Tensor& recurrent, const at::Tensor& states, int64_t kept_states) {
  auto U = input.select(0, m).contiguous(), b = bias.select(0, m).contiguous(), W = recurrent.select(0, m).contiguous();
  Window x_t(x, scan.batch, scan.features, m * scan.timesteps);
  Window before(states, scan.batch, scan.hidden, m * kept_states), state(states, scan.batch, scan.hidden, m * kept_states);
  for (int64_t t = 0; t < scan.timesteps; t++) {
    auto h = state.at(t % kept_states);
    auto in = x_t.at(t);
    if (t > 0) at::mm_out(h, before.at((t - 1) % kept_states), W);
    if (!scan.narrow()) t > 0 ? h.addmm_(in, U) : at::mm_out(h, in, U);
    forward_cell(ForwardCell<T>{scan.shape(), scan.gate, static_cast<T>(scan.parameters[m]), scan.at(m, t + 1),
                                t > 0 || !scan.narrow(), in.data_ptr<T>(), U.data_ptr<T>(), b.data_ptr<T>(),
                                t > 0 ? before.matrix.data_ptr<T>() : nullptr, h.data_ptr<T>()});
  }
}

struct Gradients {
  at::Tensor input, bias, recurrent;  // added to
  at::Tensor x;                       // undefined when it is not needed
};

template <typename T>
void write_record(const BackwardCell<T>& cell, const CellRecord& sums, double* row) {
  auto count = cell.shape.batch * cell.shape.hidden;
  row[kTotal] = root<T>(sums.total, count, [&](int64_t i) { return cell.total[i]; });
  row[kDelta] = root<T>(sums.delta, count, [&](int64_t i) { return cell.delta[i]; });
  row[kShare] = 0;
  row[kZeros] = count == 0 ? 0 : static_cast<double>(sums.zeros) / count;
  row[kNonfinite] = 0;
  if (!std::isfinite(row[kTotal]) || !std::isfinite(row[kDelta]))
    row[kNonfinite] = count_nonfinite(cell.total, count) + count_nonfinite(cell.delta, count);
}

// What the regulariser of one member adds up over the timesteps.
template <typename T>
struct Penalty {
  const Scan& scan;
  const int64_t member;
  at::Tensor left, right, gradient;
  std::vector<double> squares;
  PenaltySum sum;

  Penalty(const Scan& scan, int64_t member, const at::TensorOptions& options)
      : scan(scan), member(member), left(at::empty({scan.batch, scan.hidden}, options)), right(at::empty_like(left)),
        gradient(at::zeros({scan.hidden, scan.hidden}, options)), squares(scan.batch) {}

  // `through` is δ_t Wᵀ, on its way to the timestep before.
  void add(const BackwardCell<T>& cell, const at::Tensor& through) {
    auto more = penalise(PenaltyCell<T>{cell.shape, cell.lengths, squares.data(), cell.delta, through.data_ptr<T>(),
                                        left.data_ptr<T>(), right.data_ptr<T>()});
    sum.terms += more.terms;
    sum.pairs += more.pairs;
    gradient.addmm_(left.t(), right);
  }

  // Adds the weight times Ω's derivative, and gives Ω.
  double finish(at::Tensor recurrent_gradient) const {
    if (sum.pairs == 0) return 0;
    recurrent_gradient.add_(gradient, scan.penalties[member] / sum.pairs);
    return sum.terms / sum.pairs;
  }
};

// Everything that goes back through one member. `record` is its (T, kQuantities), or null; so is the place of its Ω.
template <typename T>
void backward_member(const Scan& scan, int64_t m, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& input,
                     const at::Tensor& recurrent, const at::Tensor& states, const Gradients& gradients, double* record,
                     double* omega) {
  auto options = states.options();
  auto U = input.select(0, m).contiguous(), W = recurrent.select(0, m).contiguous();
  auto back = transposed(W), project_back = transposed(U);
  Window x_t(x, scan.batch, scan.features, m * scan.timesteps);
  Window before(states, scan.batch, scan.hidden, m * scan.timesteps), state = before;
  state.matrix = before.matrix.alias();
  auto before_transposed = transposed(before.matrix), x_transposed = transposed(x_t.matrix);
  auto shape = scan.shape();
  auto total = at::empty({scan.batch, scan.hidden}, options), delta = at::empty_like(total);
  auto kept = scan.lengths.defined() ? at::zeros_like(total) : at::Tensor();
  auto sums = at::empty({1 + shape.features, scan.hidden}, options), all_sums = at::zeros_like(sums);
  auto share = at::empty({scan.hidden, scan.hidden}, options), shares = at::zeros_like(share);
  auto input_gradient = at::zeros({scan.features, scan.hidden}, options);

  auto penalty = scan.penalties.empty() ? std::nullopt : std::make_optional<Penalty<T>>(scan, m, options);

  bool product = false;  // whether `total` holds what the timestep after passes back
  for (int64_t t = scan.timesteps - 1; t >= 0; t--) {
    bool last = t == scan.timesteps - 1;
    auto upstream = gradient.data_ptr<T>() + (scan.every ? m * scan.timesteps + t : m) * scan.cell();
    auto in = x_t.at(t);
    BackwardCell<T> cell{shape, scan.gate, static_cast<T>(scan.parameters[m]), scan.at(m, t + 1), product,
                         scan.cuts_after(t + 1), record != nullptr, state.at(t).data_ptr<T>(), scan.every || last ? upstream : nullptr,
                         total.data_ptr<T>(), kept.defined() ? kept.data_ptr<T>() : nullptr, delta.data_ptr<T>(),
                         in.data_ptr<T>(), sums.data_ptr<T>(), penalty ? penalty->squares.data() : nullptr};
    auto measured = backward_cell(cell);
    accumulate(all_sums.data_ptr<T>(), cell.sums, sums.numel());
    double* row = record == nullptr ? nullptr : record + t * kQuantities;
    if (row != nullptr) write_record(cell, measured, row);
    if (!scan.narrow()) {
      x_transposed.unsafeGetTensorImpl()->set_storage_offset(in.storage_offset());
      input_gradient.addmm_(x_transposed, delta);
    }
    if (gradients.x.defined()) {
      auto out = gradients.x.select(0, m).select(0, t);
      at::mm_out(out, delta, project_back);
    }
    if (t == 0) break;
    // With or without a record, so that it changes no bit of the gradient.
    before_transposed.unsafeGetTensorImpl()->set_storage_offset(before.at(t - 1).storage_offset());
    at::mm_out(share, before_transposed, delta);
    auto squares = accumulate(shares.data_ptr<T>(), share.data_ptr<T>(), share.numel());
    auto elements = share.data_ptr<T>();
    if (row != nullptr) row[kShare] = root<T>(squares, share.numel(), [&](int64_t i) { return elements[i]; });
    bool cut = scan.cuts_after(t);
    product = !cut || record != nullptr;
    if (product) at::mm_out(total, delta, back);
    if (penalty && !cut) penalty->add(cell, total);
  }
  if (scan.narrow()) input_gradient = all_sums.narrow(0, 1, scan.features);
  gradients.recurrent.select(0, m).add_(shares);
  gradients.bias.select(0, m).add_(all_sums.narrow(0, 0, 1));
  gradients.input.select(0, m).add_(input_gradient);
  if (!penalty) return;
  auto value = penalty->finish(gradients.recurrent.select(0, m));
  if (omega != nullptr) *omega = value;
}

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
    for (int64_t m = 0; m < scan.members; m++) {
      auto rows = record.defined() ? record.data_ptr<double>() + m * scan.timesteps * kQuantities : nullptr;
      AT_DISPATCH_FLOATING_TYPES(states.scalar_type(), "ElmanScan", [&] {
        backward_member<scalar_t>(scan, m, gradient, sequence, U, W, states, gradients, rows,
                                  omega.defined() ? omega.data_ptr<double>() + m : nullptr);
      });
    }
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
  TORCH_CHECK(x.is_cpu() && at::isFloatingType(x.scalar_type()), "elman: expected float32 or float64 on the CPU, got ",
              x.scalar_type(), " on ", x.device());
  for (auto& weight : {input, bias, recurrent})
    TORCH_CHECK(weight.dim() == 3 && weight.scalar_type() == x.scalar_type() && weight.is_cpu(), "elman: x is ",
                x.scalar_type(), " on the CPU, a weight ", weight.scalar_type(), " on ", weight.device());
  TORCH_CHECK(input.size(0) == scan.members && input.size(1) == scan.features && bias.size(0) == scan.members &&
                  bias.size(1) == 1 && bias.size(2) == scan.hidden && recurrent.size(0) == scan.members &&
                  recurrent.size(1) == scan.hidden && recurrent.size(2) == scan.hidden && scan.timesteps > 0,
              "elman: expected x (S, T, B, D), U (S, D, H), b (S, 1, H) and W (S, H, H), got ", x.sizes(), ", ",
              input.sizes(), ", ", bias.sizes(), " and ", recurrent.sizes());
  TORCH_CHECK(!scan.lengths.defined() || (scan.lengths.sizes() == at::IntArrayRef{scan.members, scan.batch} &&
                                          scan.lengths.scalar_type() == at::kLong && scan.lengths.is_contiguous()),
              "elman: expected lengths int64 (S, B)");
  TORCH_CHECK(!record.defined() || (record.sizes() == at::IntArrayRef{scan.members, scan.timesteps, kQuantities} &&
                                    record.scalar_type() == at::kDouble && record.is_contiguous() && record.is_cpu()),
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
    auto kept_states = graph || scan.every || options->state_record != nullptr ? scan.timesteps : std::min<int64_t>(2, scan.timesteps);
    at::Tensor states, output;
    {
      at::AutoDispatchBelowADInplaceOrView below;
      // A scan that keeps two states for itself would take the place of all those of a step.
      auto memory = kept_states == scan.timesteps ? options->memory : nullptr;
      states = states_in(memory, {scan.members, kept_states, scan.batch, scan.hidden}, x.options());
      auto sequence = x.contiguous();
      for (int64_t m = 0; m < scan.members; m++) {
        AT_DISPATCH_FLOATING_TYPES(states.scalar_type(), "ElmanScan", [&] {
          forward_member<scalar_t>(scan, m, sequence, input, bias, recurrent, states, kept_states);
        });
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
