// One pass over all parameters of all members: `weight`, `gradient` and the states are (S, P), float32 or float64.
// Members that are not alive are left as they are, whatever their gradient holds. Every step leaves all gradients 0: they are
// in the cache then, and clearing them on their own would take as long as measuring them. For the same reason gradients that are
// to be scaled, as clipping does, are multiplied as they are read.
#include "optimizers_device.h"

#include "clones.h"
#include "device_code.h"
#include "members.h"

#include <algorithm>
#include <cmath>

// Each product is rounded. Contracted, a·b + c·d has one of its products exact, and which one the compiler chooses apart for
// the vectors of a loop and for its remainder: an element's update would hang on where its range begins, and on the processor.
#pragma GCC optimize("fp-contract=off")

namespace {

// Constants of a step, in the type of the parameters. What is 1 - x is rounded once: float32(1) - float32(0.999) is off by
// 1e-5.
template <typename T>
struct Sgd {
  T momentum, decay;
  bool nesterov;
};

// per_root2 is 1 / √(1 - β2^t): divisions are what Adam's time goes into.
template <typename T>
struct Adam {
  T beta1, rest1, beta2, rest2, epsilon, decay, correction1, per_root2;
  bool decoupled;
};

template <typename T>
struct RmsProp {
  T alpha, rest, epsilon, momentum, decay;
};

template <typename T>
GT_BODY void plain_sgd_body(T* __restrict w, T* __restrict g, int64_t n, T factor, T lr, const Sgd<T>& c) {
  for (int64_t i = 0; i < n; i++) {
    w[i] -= lr * (factor * g[i] + c.decay * w[i]);
    g[i] = 0;
  }
}

template <typename T>
GT_BODY void sgd_body(T* __restrict w, T* __restrict g, T* __restrict v, int64_t n, T factor, T lr, const Sgd<T>& c) {
  for (int64_t i = 0; i < n; i++) {
    T d = factor * g[i] + c.decay * w[i];
    g[i] = 0;
    T u = c.momentum * v[i] + d;
    v[i] = u;
    w[i] -= lr * (c.nesterov ? d + c.momentum * u : u);
  }
}

template <typename T>
GT_BODY void adam_body(T* __restrict w, T* __restrict g, T* __restrict m, T* __restrict v, int64_t n, T factor, T lr,
                       const Adam<T>& c) {
  T kept = c.decoupled ? T(1) - lr * c.decay : T(1);
  T penalty = c.decoupled ? T(0) : c.decay;
  T rate = lr / c.correction1;
  for (int64_t i = 0; i < n; i++) {
    T d = factor * g[i] + penalty * w[i];
    g[i] = 0;
    T first = c.beta1 * m[i] + c.rest1 * d;
    T second = c.beta2 * v[i] + c.rest2 * d * d;
    m[i] = first;
    v[i] = second;
    w[i] = kept * w[i] - rate * first / (std::sqrt(second) * c.per_root2 + c.epsilon);
  }
}

template <bool centered, bool with_momentum, typename T>
GT_BODY void rmsprop_body(T* __restrict w, T* __restrict g, T* __restrict square, T* __restrict mean,
                          T* __restrict buffer, int64_t n, T factor, T lr, const RmsProp<T>& c) {
  for (int64_t i = 0; i < n; i++) {
    T d = factor * g[i] + c.decay * w[i];
    g[i] = 0;
    T spread = c.alpha * square[i] + c.rest * d * d;
    square[i] = spread;
    if constexpr (centered) {
      T average = c.alpha * mean[i] + c.rest * d;
      mean[i] = average;
      spread -= average * average;
      spread = spread < T(0) ? T(0) : spread;  // rounding makes it negative where gradients are nearly constant
    }
    T step = d / (std::sqrt(spread) + c.epsilon);
    if constexpr (with_momentum) {
      step = c.momentum * buffer[i] + step;
      buffer[i] = step;
    }
    w[i] -= lr * step;
  }
}

template <typename T>
GT_BODY void rmsprop_choice(T* w, T* g, T* square, T* mean, T* buffer, int64_t n, T factor, T lr, const RmsProp<T>& c) {
  if (mean != nullptr && buffer != nullptr) rmsprop_body<true, true>(w, g, square, mean, buffer, n, factor, lr, c);
  else if (mean != nullptr) rmsprop_body<true, false>(w, g, square, mean, buffer, n, factor, lr, c);
  else if (buffer != nullptr) rmsprop_body<false, true>(w, g, square, mean, buffer, n, factor, lr, c);
  else rmsprop_body<false, false>(w, g, square, mean, buffer, n, factor, lr, c);
}

GT_CLONES void plain_sgd(float* w, float* g, int64_t n, float factor, float lr, const Sgd<float>& c) { plain_sgd_body(w, g, n, factor, lr, c); }
GT_CLONES void plain_sgd(double* w, double* g, int64_t n, double factor, double lr, const Sgd<double>& c) { plain_sgd_body(w, g, n, factor, lr, c); }
GT_CLONES void sgd(float* w, float* g, float* v, int64_t n, float factor, float lr, const Sgd<float>& c) { sgd_body(w, g, v, n, factor, lr, c); }
GT_CLONES void sgd(double* w, double* g, double* v, int64_t n, double factor, double lr, const Sgd<double>& c) { sgd_body(w, g, v, n, factor, lr, c); }
GT_CLONES void adam(float* w, float* g, float* m, float* v, int64_t n, float factor, float lr, const Adam<float>& c) { adam_body(w, g, m, v, n, factor, lr, c); }
GT_CLONES void adam(double* w, double* g, double* m, double* v, int64_t n, double factor, double lr, const Adam<double>& c) { adam_body(w, g, m, v, n, factor, lr, c); }
GT_CLONES void rmsprop(float* w, float* g, float* s, float* m, float* b, int64_t n, float factor, float lr, const RmsProp<float>& c) { rmsprop_choice(w, g, s, m, b, n, factor, lr, c); }
GT_CLONES void rmsprop(double* w, double* g, double* s, double* m, double* b, int64_t n, double factor, double lr, const RmsProp<double>& c) { rmsprop_choice(w, g, s, m, b, n, factor, lr, c); }

// Calls body(offset, count, factor, rate) for every range of the members that are alive, and clears the gradients of the
// others. `alive` is bool (S).
template <typename T, typename Body>
void for_each_alive(const gt::Step& step, T* gradient, Body body) {
  auto count = step.count(), ranges = step.ranges();
  auto factors = step.factors.defined() ? step.factors.data_ptr<double>() : nullptr;
  auto ends = factors == nullptr ? &count : step.ends.data_ptr<int64_t>();
  auto alive = step.alive.data_ptr<bool>();
  auto rates = step.rates.data_ptr<double>();
  gt::for_members(step.members(), [&](int64_t m) {
    auto row = m * count;
    if (!alive[m]) {
      std::fill_n(gradient + row, count, T(0));
      return;
    }
    for (int64_t r = 0, start = 0; r < ranges; start = ends[r++])
      body(row + start, ends[r] - start, factors == nullptr ? T(1) : T(factors[m * ranges + r]), T(rates[m]));
  });
}

// The elements of a state; null when it is not used.
template <typename T>
T* elements(const at::Tensor& state) {
  return state.defined() ? state.data_ptr<T>() : nullptr;
}

template <typename T>
T* at_offset(T* start, int64_t offset) {
  return start == nullptr ? nullptr : start + offset;
}

}  // namespace

namespace gt {

void Step::check() const {
  auto device = weight.device();
  TORCH_CHECK(weight.dim() == 2 && weight.is_contiguous() && (weight.is_cpu() || launches_on(device, members())),
              "parameters must be one contiguous (S, P) tensor where a step can be done");
  TORCH_CHECK(gradient.defined(), "a step needs gradients");
  check_state(gradient);
  TORCH_CHECK(rates.scalar_type() == at::kDouble && rates.numel() == members() && rates.is_contiguous() && rates.device() == device,
              "rates must be float64 (S) beside the parameters");
  TORCH_CHECK(alive.scalar_type() == at::kBool && alive.numel() == members() && alive.is_contiguous() && alive.device() == device,
              "alive must be bool (S) beside the parameters");
  if (!factors.defined()) return;
  TORCH_CHECK(factors.dim() == 2 && factors.size(0) == members() && factors.size(1) > 0 && factors.scalar_type() == at::kDouble &&
                  factors.is_contiguous() && factors.device() == device,
              "factors must be float64 (S, ranges) beside the parameters");
  TORCH_CHECK(ends.defined() && ends.scalar_type() == at::kLong && ends.numel() == factors.size(1) && ends.is_contiguous() &&
                  ends.device() == device,
              "there must be an int64 end beside the parameters for each of ", factors.size(1), " ranges");
  if (!ends.is_cpu()) return;
  auto end = ends.data_ptr<int64_t>();
  TORCH_CHECK(std::is_sorted(end, end + ranges()) && end[0] >= 0 && end[ranges() - 1] == count(),
              "the ranges of the factors must cover all parameters in order");
}

void Step::check_state(const at::Tensor& state) const {
  TORCH_CHECK(!state.defined() || (state.sizes() == weight.sizes() && state.is_contiguous() && state.scalar_type() == weight.scalar_type() &&
                                   state.device() == weight.device()),
              "gradient and optimiser state must be laid out like the parameters");
}

}  // namespace gt

using namespace gt;

namespace {

// With these states, checked.
Step step_of(Handle weight, Handle gradient, Handle factors, Handle ends, Handle rates, Handle alive, std::initializer_list<at::Tensor> states) {
  Step step{borrow(weight), borrow(gradient), borrow(factors), borrow(ends), borrow(rates), borrow(alive)};
  step.check();
  for (auto& state : states) step.check_state(state);
  return step;
}

}  // namespace

// Whether a step can be done where these parameters lie.
GT_EXPORT int32_t gt_optimizers_take(Handle weight) {
  return guarded<int32_t>(0, [&]() -> int32_t {
    auto w = borrow(weight);
    return w.is_cpu() || launches_on(w.device(), w.size(0));
  });
}

// `rates` is float64 (S): each member's learning rate. `factors` and `ends` are null where gradients are taken as they are. `velocity`
// is null without momentum.
GT_EXPORT int32_t gt_sgd_step(Handle weight, Handle gradient, Handle velocity, Handle rates, Handle alive, Handle factors,
                              Handle ends, double momentum, double decay, int32_t nesterov) {
  return checked([&] {
    auto v = borrow(velocity);
    auto step = step_of(weight, gradient, factors, ends, rates, alive, {v});
    if (!step.weight.is_cpu()) return sgd_on_device(step, v, momentum, decay, nesterov != 0);
    AT_DISPATCH_FLOATING_TYPES(step.weight.scalar_type(), "sgd", [&] {
      using T = scalar_t;
      Sgd<T> constants{T(momentum), T(decay), nesterov != 0};
      auto pw = elements<T>(step.weight), pg = elements<T>(step.gradient), pv = elements<T>(v);
      for_each_alive(step, pg, [&](int64_t at, int64_t n, T factor, T rate) {
        if (pv == nullptr) plain_sgd(pw + at, pg + at, n, factor, rate, constants);
        else sgd(pw + at, pg + at, pv + at, n, factor, rate, constants);
      });
    });
  });
}

// Adam with bias correction; `steps` is int64 (1) and counts from 1. Decoupled decay shrinks the weights by rate · decay and leaves
// the gradient alone (AdamW).
GT_EXPORT int32_t gt_adam_step(Handle weight, Handle gradient, Handle first, Handle second, Handle rates, Handle alive,
                               Handle factors, Handle ends, Handle steps, double beta1, double beta2, double epsilon, double decay, int32_t decoupled) {
  return checked([&] {
    auto m = borrow(first), v = borrow(second), counter = borrow(steps);
    auto step = step_of(weight, gradient, factors, ends, rates, alive, {m, v});
    TORCH_CHECK(m.defined() && v.defined(), "Adam has two states");
    TORCH_CHECK(counter.scalar_type() == at::kLong && counter.numel() == 1 && counter.device() == step.weight.device(),
                "steps must be one int64 beside the parameters");
    if (!step.weight.is_cpu()) return adam_on_device(step, m, v, counter, beta1, beta2, epsilon, decay, decoupled != 0);
    auto t = static_cast<double>(*counter.data_ptr<int64_t>());
    double correction1 = 1 - std::pow(beta1, t), per_root2 = 1 / std::sqrt(1 - std::pow(beta2, t));
    AT_DISPATCH_FLOATING_TYPES(step.weight.scalar_type(), "adam", [&] {
      using T = scalar_t;
      Adam<T> constants{T(beta1), T(1 - beta1), T(beta2), T(1 - beta2), T(epsilon), T(decay), T(correction1), T(per_root2), decoupled != 0};
      auto pw = elements<T>(step.weight), pg = elements<T>(step.gradient), pm = elements<T>(m), pv = elements<T>(v);
      for_each_alive(step, pg, [&](int64_t at, int64_t n, T factor, T rate) {
        adam(pw + at, pg + at, pm + at, pv + at, n, factor, rate, constants);
      });
    });
  });
}

// `mean` is null unless centered, `buffer` without momentum.
GT_EXPORT int32_t gt_rmsprop_step(Handle weight, Handle gradient, Handle square, Handle mean, Handle buffer, Handle rates,
                                  Handle alive, Handle factors, Handle ends, double alpha, double epsilon, double momentum, double decay) {
  return checked([&] {
    auto squares = borrow(square), means = borrow(mean), buffers = borrow(buffer);
    auto step = step_of(weight, gradient, factors, ends, rates, alive, {squares, means, buffers});
    TORCH_CHECK(squares.defined(), "RMSprop has a mean of squares");
    if (!step.weight.is_cpu()) return rmsprop_on_device(step, squares, means, buffers, alpha, epsilon, momentum, decay);
    AT_DISPATCH_FLOATING_TYPES(step.weight.scalar_type(), "rmsprop", [&] {
      using T = scalar_t;
      RmsProp<T> constants{T(alpha), T(1 - alpha), T(epsilon), T(momentum), T(decay)};
      auto pw = elements<T>(step.weight), pg = elements<T>(step.gradient), ps = elements<T>(squares), pm = elements<T>(means),
           pb = elements<T>(buffers);
      for_each_alive(step, pg, [&](int64_t at, int64_t n, T factor, T rate) {
        rmsprop(pw + at, pg + at, ps + at, at_offset(pm, at), at_offset(pb, at), n, factor, rate, constants);
      });
    });
  });
}
