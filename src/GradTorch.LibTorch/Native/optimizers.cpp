// One pass over all parameters of all members: `weight`, `gradient` and the states are (S, P), float32 or float64.
// Members that are not alive are left as they are, whatever their gradient holds.
#include "abi.h"

#include <cmath>

#if defined(__x86_64__) && defined(__gnu_linux__)
#define GT_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define GT_CLONES
#endif

namespace {

template <typename T>
inline void sgd_body(T* w, const T* g, T* v, int64_t n, T lr, T momentum, T decay, bool nesterov) {
  for (int64_t i = 0; i < n; i++) {
    T d = g[i] + decay * w[i];
    T u = momentum * v[i] + d;
    v[i] = u;
    w[i] -= lr * (nesterov ? d + momentum * u : u);
  }
}

template <typename T>
inline void plain_sgd_body(T* w, const T* g, int64_t n, T lr, T decay) {
  for (int64_t i = 0; i < n; i++) w[i] -= lr * (g[i] + decay * w[i]);
}

template <typename T>
inline void adam_body(T* w, const T* g, T* m, T* v, int64_t n, T lr, T beta1, T rest1, T beta2, T rest2, T epsilon, T decay, T correction1, T root2) {
  for (int64_t i = 0; i < n; i++) {
    T d = g[i] + decay * w[i];
    m[i] = beta1 * m[i] + rest1 * d;
    v[i] = beta2 * v[i] + rest2 * d * d;
    w[i] -= lr * (m[i] / correction1) / (std::sqrt(v[i]) / root2 + epsilon);
  }
}

GT_CLONES void sgd(float* w, const float* g, float* v, int64_t n, float lr, float momentum, float decay, bool nesterov) { sgd_body(w, g, v, n, lr, momentum, decay, nesterov); }
GT_CLONES void sgd(double* w, const double* g, double* v, int64_t n, double lr, double momentum, double decay, bool nesterov) { sgd_body(w, g, v, n, lr, momentum, decay, nesterov); }
GT_CLONES void plain_sgd(float* w, const float* g, int64_t n, float lr, float decay) { plain_sgd_body(w, g, n, lr, decay); }
GT_CLONES void plain_sgd(double* w, const double* g, int64_t n, double lr, double decay) { plain_sgd_body(w, g, n, lr, decay); }
GT_CLONES void adam(float* w, const float* g, float* m, float* v, int64_t n, float lr, float b1, float r1, float b2, float r2, float eps, float decay, float c1, float root2) { adam_body(w, g, m, v, n, lr, b1, r1, b2, r2, eps, decay, c1, root2); }
GT_CLONES void adam(double* w, const double* g, double* m, double* v, int64_t n, double lr, double b1, double r1, double b2, double r2, double eps, double decay, double c1, double root2) { adam_body(w, g, m, v, n, lr, b1, r1, b2, r2, eps, decay, c1, root2); }

// Calls body(member, its offset) for the members that are alive. `alive` is bool (S).
template <typename Body>
void for_each_alive(const at::Tensor& weight, const at::Tensor& alive, Body body) {
  TORCH_CHECK(weight.dim() == 2 && weight.is_contiguous() && weight.is_cpu(), "parameters must be one contiguous (S, P) tensor on the CPU");
  TORCH_CHECK(alive.scalar_type() == at::kBool && alive.numel() == weight.size(0), "alive must be bool (S)");
  auto flags = alive.data_ptr<bool>();
  for (int64_t m = 0; m < weight.size(0); m++)
    if (flags[m]) body(m, m * weight.size(1));
}

void same_layout(const at::Tensor& weight, const at::Tensor& other) {
  TORCH_CHECK(other.sizes() == weight.sizes() && other.is_contiguous() && other.scalar_type() == weight.scalar_type(),
              "gradient and optimiser state must be laid out like the parameters");
}

}  // namespace

using namespace gt;

// `rates` is float64 (S): each member's learning rate. `velocity` is null without momentum.
GT_EXPORT int32_t gt_sgd_step(Handle weight, Handle gradient, Handle velocity, Handle rates, Handle alive, double momentum,
                              double decay, int32_t nesterov) {
  return checked([&] {
    auto w = borrow(weight), g = borrow(gradient), v = borrow(velocity), lr = borrow(rates);
    same_layout(w, g);
    if (v.defined()) same_layout(w, v);
    auto n = w.size(1);
    AT_DISPATCH_FLOATING_TYPES(w.scalar_type(), "sgd", [&] {
      auto pw = w.data_ptr<scalar_t>();
      auto pg = g.data_ptr<scalar_t>();
      auto pv = v.defined() ? v.data_ptr<scalar_t>() : nullptr;
      auto rate = lr.data_ptr<double>();
      for_each_alive(w, borrow(alive), [&](int64_t m, int64_t at) {
        auto step = static_cast<scalar_t>(rate[m]);
        auto fall = static_cast<scalar_t>(decay);
        if (pv == nullptr) plain_sgd(pw + at, pg + at, n, step, fall);
        else sgd(pw + at, pg + at, pv + at, n, step, static_cast<scalar_t>(momentum), fall, nesterov != 0);
      });
    });
  });
}

// Adam with bias correction; `step` counts from 1.
GT_EXPORT int32_t gt_adam_step(Handle weight, Handle gradient, Handle first, Handle second, Handle rates, Handle alive,
                               int64_t step, double beta1, double beta2, double epsilon, double decay) {
  return checked([&] {
    auto w = borrow(weight), g = borrow(gradient), m1 = borrow(first), m2 = borrow(second), lr = borrow(rates);
    same_layout(w, g);
    same_layout(w, m1);
    same_layout(w, m2);
    double correction1 = 1 - std::pow(beta1, step), root2 = std::sqrt(1 - std::pow(beta2, step));
    auto n = w.size(1);
    AT_DISPATCH_FLOATING_TYPES(w.scalar_type(), "adam", [&] {
      using T = scalar_t;
      auto pw = w.data_ptr<T>();
      auto pg = g.data_ptr<T>();
      auto p1 = m1.data_ptr<T>();
      auto p2 = m2.data_ptr<T>();
      auto rate = lr.data_ptr<double>();
      for_each_alive(w, borrow(alive), [&](int64_t m, int64_t at) {
        // 1 - β is rounded once: float32(1) - float32(0.999) is off by 1e-5.
        adam(pw + at, pg + at, p1 + at, p2 + at, n, T(rate[m]), T(beta1), T(1 - beta1), T(beta2), T(1 - beta2), T(epsilon),
             T(decay), T(correction1), T(root2));
      });
    });
  });
}
