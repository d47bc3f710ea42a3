#include "elman_member.h"

#include "elman_penalty.h"
#include "measure.h"
#include "products.h"

#include <optional>

namespace gt {
namespace {

template <typename T>
void forward(const Scan& scan, int64_t m, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
             const at::Tensor& recurrent, const at::Tensor& states, int64_t kept_states) {
  auto U = input.select(0, m).contiguous(), b = bias.select(0, m).contiguous(), W = recurrent.select(0, m).contiguous();
  auto state_at = [&](int64_t t) { return states.data_ptr<T>() + (m * kept_states + t % kept_states) * scan.cell(); };
  for (int64_t t = 0; t < scan.timesteps; t++) {
    auto in = x.data_ptr<T>() + scan.input(m, t), h = state_at(t), before = t > 0 ? state_at(t - 1) : nullptr;
    if (t > 0) multiply({before}, {W.data_ptr<T>()}, h, scan.batch, scan.hidden, scan.hidden, false);
    if (!scan.narrow()) multiply({in}, {U.data_ptr<T>()}, h, scan.batch, scan.features, scan.hidden, t > 0);
    forward_cell(ForwardCell<T>{scan.shape(), scan.gate, static_cast<T>(scan.parameters[m]), scan.at(m, t + 1),
                                t > 0 || !scan.narrow(), in, U.data_ptr<T>(), b.data_ptr<T>(), before, h});
  }
}

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
  void add(const BackwardCell<T>& cell, const T* through) {
    auto more = penalise(PenaltyCell<T>{cell.shape, cell.lengths, squares.data(), cell.delta, through, left.data_ptr<T>(),
                                        right.data_ptr<T>()});
    sum.terms += more.terms;
    sum.pairs += more.pairs;
    multiply({left.data_ptr<T>(), true}, {right.data_ptr<T>()}, gradient.data_ptr<T>(), scan.hidden, scan.batch, scan.hidden, true);
  }

  // Adds the weight times Ω's derivative, and gives Ω.
  double finish(at::Tensor recurrent_gradient) const {
    if (sum.pairs == 0) return 0;
    recurrent_gradient.add_(gradient, scan.penalties[member] / sum.pairs);
    return sum.terms / sum.pairs;
  }
};

template <typename T>
void backward(const Scan& scan, int64_t m, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& input,
              const at::Tensor& recurrent, const at::Tensor& states, const Gradients& gradients, double* record, double* omega) {
  auto options = states.options();
  // Turned once for all timesteps.
  auto back = recurrent.select(0, m).t().contiguous(), project_back = input.select(0, m).t().contiguous();
  auto state_at = [&](int64_t t) { return states.data_ptr<T>() + (m * scan.timesteps + t) * scan.cell(); };
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
    auto in = x.data_ptr<T>() + scan.input(m, t);
    BackwardCell<T> cell{shape, scan.gate, static_cast<T>(scan.parameters[m]), scan.at(m, t + 1), product,
                         record != nullptr, state_at(t), scan.every || last ? upstream : nullptr,
                         total.data_ptr<T>(), kept.defined() ? kept.data_ptr<T>() : nullptr, delta.data_ptr<T>(),
                         in, sums.data_ptr<T>(), penalty ? penalty->squares.data() : nullptr};
    auto measured = backward_cell(cell);
    accumulate(all_sums.data_ptr<T>(), cell.sums, sums.numel());
    double* row = record == nullptr ? nullptr : record + t * kQuantities;
    if (row != nullptr) write_record(cell, measured, row);
    if (!scan.narrow()) multiply({in, true}, {cell.delta}, input_gradient.data_ptr<T>(), scan.features, scan.batch, scan.hidden, true);
    if (gradients.x.defined())
      multiply({cell.delta}, {project_back.data_ptr<T>()}, gradients.x.data_ptr<T>() + scan.input(m, t), scan.batch, scan.hidden, scan.features, false);
    if (t == 0) break;
    // With or without a record, so that it changes no bit of the gradient.
    auto elements = share.data_ptr<T>();
    multiply({state_at(t - 1), true}, {cell.delta}, elements, scan.hidden, scan.batch, scan.hidden, false);
    auto squares = accumulate(shares.data_ptr<T>(), elements, share.numel());
    if (row != nullptr) row[kShare] = root<T>(squares, share.numel(), [&](int64_t i) { return elements[i]; });
    product = !scan.cuts_after(t);
    if (!product) continue;
    multiply({cell.delta}, {back.data_ptr<T>()}, cell.total, scan.batch, scan.hidden, scan.hidden, false);
    if (penalty) penalty->add(cell, cell.total);
  }
  if (scan.narrow()) input_gradient = all_sums.narrow(0, 1, scan.features);
  gradients.recurrent.select(0, m).add_(shares);
  gradients.bias.select(0, m).add_(all_sums.narrow(0, 0, 1));
  gradients.input.select(0, m).add_(input_gradient);
  if (!penalty) return;
  auto value = penalty->finish(gradients.recurrent.select(0, m));
  if (omega != nullptr) *omega = value;
}

}  // namespace

void forward_member(const Scan& scan, int64_t m, const at::Tensor& x, const at::Tensor& input, const at::Tensor& bias,
                    const at::Tensor& recurrent, const at::Tensor& states, int64_t kept_states) {
  AT_DISPATCH_FLOATING_TYPES(states.scalar_type(), "ElmanScan", [&] {
    forward<scalar_t>(scan, m, x, input, bias, recurrent, states, kept_states);
  });
}

void backward_member(const Scan& scan, int64_t m, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& input,
                     const at::Tensor& recurrent, const at::Tensor& states, const Gradients& gradients, double* record,
                     double* omega) {
  AT_DISPATCH_FLOATING_TYPES(states.scalar_type(), "ElmanScan", [&] {
    backward<scalar_t>(scan, m, gradient, x, input, recurrent, states, gradients, record, omega);
  });
}

}  // namespace gt
