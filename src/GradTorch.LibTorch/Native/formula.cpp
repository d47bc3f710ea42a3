#include "formula.h"

#include "lanes.h"

#include <algorithm>

namespace gt {
namespace {

constexpr int64_t kBlock = 128;

// One step over a block; body(lanes of x, lanes of y) gives the lanes of its outcome.
template <typename V, typename Body>
GT_BODY void each(const Element<V>* x, const Element<V>* y, Element<V>* out, Body body) {
  for (int64_t j = 0; j < kBlock; j += kLanes<V>) {
    std::integral_constant<int64_t, kLanes<V>> n;
    store<V>(out + j, body(load<V>(x + j, n), load<V>(y + j, n)), n);
  }
}

template <typename V>
GT_BODY void step_body(Operation operation, const Element<V>* x, const Element<V>* y, Element<V>* out) {
#define GT_STEP(EXPRESSION) \
  return each<V>(x, y, out, [](const V& p, const V& q) __attribute__((always_inline)) -> V { (void)q; return EXPRESSION; })
  switch (operation) {
    case Operation::add: GT_STEP(p + q);
    case Operation::subtract: GT_STEP(p - q);
    case Operation::multiply: GT_STEP(p * q);
    case Operation::divide: GT_STEP(p / q);
    case Operation::absolute: GT_STEP(p < 0 ? -p : p);
    case Operation::exponential: GT_STEP(exponential<V>(p));
    case Operation::sigmoid: GT_STEP(sigmoid<V>(p));
    case Operation::positive_part: GT_STEP(p < 0 ? V{} : p);
    case Operation::at_most: GT_STEP(p <= q ? splat<V>(1) : V{});
    default: return;
  }
#undef GT_STEP
}

template <typename V, typename T = Element<V>>
GT_BODY void evaluate_body(const Step* steps, int64_t count, const T* z, double parameter, T* out, int64_t n) {
  alignas(64) T outcomes[kMostSteps][kBlock];
  alignas(64) T rest[kBlock];  // the last numbers, and zeros
  for (int64_t i = 0; i < count; i++) {
    if (steps[i].operation == Operation::parameter) std::fill_n(outcomes[i], kBlock, static_cast<T>(parameter));
    if (steps[i].operation == Operation::constant) std::fill_n(outcomes[i], kBlock, static_cast<T>(steps[i].constant));
  }
  for (int64_t at = 0; at < n; at += kBlock) {
    auto length = std::min(kBlock, n - at);
    const T* input = z + at;
    if (length < kBlock) {
      std::fill(std::copy_n(input, length, rest), rest + kBlock, T(0));
      input = rest;
    }
    auto of = [&](int32_t i) { return i < 0 || steps[i].operation == Operation::input ? input : outcomes[i]; };
    for (int64_t i = 0; i < count; i++) step_body<V>(steps[i].operation, of(steps[i].x), of(steps[i].y), outcomes[i]);
    std::copy_n(of(count - 1), length, out + at);
  }
}

GT_KERNEL(void, evaluate32, (const Step* steps, int64_t count, const float* z, double parameter, float* out, int64_t n),
          evaluate_body<Lanes<float, width>>(steps, count, z, parameter, out, n))
GT_KERNEL(void, evaluate64, (const Step* steps, int64_t count, const double* z, double parameter, double* out, int64_t n),
          evaluate_body<Lanes<double, width>>(steps, count, z, parameter, out, n))

}  // namespace

void evaluate(const Step* steps, int64_t count, const float* z, double parameter, float* out, int64_t n) {
  evaluate32(steps, count, z, parameter, out, n);
}

void evaluate(const Step* steps, int64_t count, const double* z, double parameter, double* out, int64_t n) {
  evaluate64(steps, count, z, parameter, out, n);
}

}  // namespace gt
