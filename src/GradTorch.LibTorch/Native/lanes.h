// As many numbers at a time as a vector of the processor holds, in the compiler's own vector types.
#pragma once

#include "clones.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

// Vectors never cross a function that is not inlined, so how one would be passed does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace gt {

// A vector V of numbers of type T, `width` bytes of them.
template <typename T, int width>
struct LanesOf {
  typedef T Numbers __attribute__((vector_size(width)));
  typedef T Unaligned __attribute__((vector_size(width), aligned(sizeof(T)), may_alias));
};

template <typename T, int width>
using Lanes = typename LanesOf<T, width>::Numbers;

template <typename V>
using Element = std::remove_cv_t<std::remove_reference_t<decltype(V{}[0])>>;
template <typename V>
using IntegerLanes = Lanes<std::conditional_t<sizeof(Element<V>) == 4, int32_t, int64_t>, sizeof(V)>;
template <typename V>
constexpr int64_t kLanes = sizeof(V) / sizeof(Element<V>);

template <typename V>
GT_BODY V splat(Element<V> number) {
  return number - V{};  // (0 + number would be an addition)
}

// The first n numbers, then zeros. n is a constant, all lanes, but at the end of a row.
template <typename V, typename N>
GT_BODY V load(const Element<V>* from, N n) {
  if constexpr (std::is_same_v<N, int64_t>) {
    V lanes{};
    std::memcpy(&lanes, from, n * sizeof(Element<V>));
    return lanes;
  } else {
    return *reinterpret_cast<const typename LanesOf<Element<V>, sizeof(V)>::Unaligned*>(from);
  }
}

template <typename V, typename N>
GT_BODY void store(Element<V>* to, const V& lanes, N n) {
  if constexpr (std::is_same_v<N, int64_t>) std::memcpy(to, &lanes, n * sizeof(Element<V>));
  else *reinterpret_cast<typename LanesOf<Element<V>, sizeof(V)>::Unaligned*>(to) = lanes;
}

// The numbers of a vector in float64: for float32 it takes two.
template <typename V>
struct Wide {
  using Part = Lanes<double, sizeof(V)>;
  static constexpr int64_t parts = sizeof(double) / sizeof(Element<V>), lanes = kLanes<V> / parts;
  Part part[parts] = {};

  Wide() = default;
  GT_BODY explicit Wide(const V& numbers) {
    for (int64_t p = 0; p < parts; p++)
      for (int64_t j = 0; j < lanes; j++) part[p][j] = numbers[p * lanes + j];
  }

  GT_BODY void add_square(const Wide& other) {
    for (int64_t p = 0; p < parts; p++) part[p] += other.part[p] * other.part[p];
  }
  GT_BODY Wide operator*(double factor) const {
    Wide scaled;
    for (int64_t p = 0; p < parts; p++) scaled.part[p] = part[p] * factor;
    return scaled;
  }
  GT_BODY Wide operator/(double divisor) const {
    Wide scaled;
    for (int64_t p = 0; p < parts; p++) scaled.part[p] = part[p] / divisor;
    return scaled;
  }
  GT_BODY double sum() const {
    double sum = 0;
    for (int64_t p = 0; p < parts; p++)
      for (int64_t j = 0; j < lanes; j++) sum += part[p][j];
    return sum;
  }
  GT_BODY V narrow() const {
    V numbers{};
    for (int64_t p = 0; p < parts; p++)
      for (int64_t j = 0; j < lanes; j++) numbers[p * lanes + j] = static_cast<Element<V>>(part[p][j]);
    return numbers;
  }
};

// Calls body(first, number of lanes) over 0 … count - 1.
template <typename V, typename Body>
GT_BODY void for_lanes(int64_t count, Body body) {
  int64_t j = 0;
  for (; j + kLanes<V> <= count; j += kLanes<V>) body(j, std::integral_constant<int64_t, kLanes<V>>());
  if (j < count) body(j, count - j);
}

template <typename T>
struct Exponential;

template <>
struct Exponential<float> {
  static constexpr int degree = 8, mantissa = 23, bias = 127;
  static constexpr float rounder = 0x1.8p23f, log2e = 0x1.715476p0f, ln2_high = 0x1.63p-1f, ln2_low = -0x1.bd0106p-13f;
  static constexpr float least = -87.33f, most = 88.3f, tanh_is_one = 20;
};

template <>
struct Exponential<double> {
  static constexpr int degree = 13, mantissa = 52, bias = 1023;
  static constexpr double rounder = 0x1.8p52, log2e = 0x1.71547652b82fep0, ln2_high = 0x1.62e42feep-1,
                          ln2_low = 0x1.a39ef35793c76p-33;
  static constexpr double least = -708, most = 709, tanh_is_one = 44;
};

// exp(x) = scale (1 + rest), scale a power of two and |x - ln scale| ≤ ln 2 / 2, where rest = exp(…) - 1 is its Taylor
// polynomial: exact to the last bits, and relatively so for small x.
template <typename V>
struct SplitExponential {
  V scale, rest;

  GT_BODY explicit SplitExponential(const V& x) {
    using T = Element<V>;
    using E = Exponential<T>;
    using I = IntegerLanes<V>;
    V rounded = x * E::log2e + E::rounder;
    V power = rounded - E::rounder;
    V r = x - power * E::ln2_high;
    r = r - power * E::ln2_low;
    V sum{};
    T factorial = 1;
    for (int k = 2; k <= E::degree; k++) factorial *= k;
    for (int k = E::degree; k >= 2; k--) {
      sum = sum * r + 1 / factorial;
      factorial /= k;
    }
    rest = r * r * sum + r;
    // The rounded power lies in the low bits of what it was rounded with.
    I exponent = reinterpret_cast<I>(rounded) - reinterpret_cast<I>(splat<V>(E::rounder));
    scale = reinterpret_cast<V>((exponent + E::bias) << E::mantissa);
  }
};

// 1 / (whole + part), and quotients by it nearly as if the sum were not rounded. Whole is a number.
template <typename V>
struct Reciprocal {
  V sum, lost, value;

  GT_BODY Reciprocal(Element<V> whole, const V& part) : sum(whole + part), lost((whole - sum) + part), value(1 / sum) {}

  GT_BODY V times(const V& numerator) const {
    V quotient = numerator * value;
    return quotient + ((numerator - quotient * sum) - quotient * lost) * value;
  }
};

// (exp(2|x|) - 1) / (exp(2|x|) + 1) with x's sign. NaN stays NaN.
template <typename V>
GT_BODY V tanh(const V& x) {
  using I = IntegerLanes<V>;
  I sign = reinterpret_cast<I>(x) & std::numeric_limits<Element<I>>::min();
  V magnitude = reinterpret_cast<V>(reinterpret_cast<I>(x) ^ sign);
  V twice = magnitude + magnitude;
  twice = twice > Exponential<Element<V>>::tanh_is_one ? splat<V>(Exponential<Element<V>>::tanh_is_one) : twice;
  SplitExponential<V> e(twice);
  V less_one = e.scale * e.rest + (e.scale - 1);
  return reinterpret_cast<V>(reinterpret_cast<I>(Reciprocal<V>(2, less_one).times(less_one)) | sign);
}

// Infinite a little before the largest number that there is.
template <typename V>
GT_BODY V exponential(const V& x) {
  SplitExponential<V> split(x);
  V e = split.scale * split.rest + split.scale;
  e = x < Exponential<Element<V>>::least ? V{} : e;
  return x > Exponential<Element<V>>::most ? splat<V>(__builtin_inf()) : e;
}

// 1 / (1 + exp(-x)), from the exponential of the negative magnitude so that neither side loses digits.
template <typename V>
GT_BODY V sigmoid(const V& x) {
  V negative = x < 0 ? x : -x;
  SplitExponential<V> split(negative);
  V e = split.scale * split.rest + split.scale;
  e = negative < Exponential<Element<V>>::least ? V{} : e;
  Reciprocal<V> larger(1, e);
  return x < 0 ? larger.times(e) : larger.value;
}

#if defined(__x86_64__) && defined(__gnu_linux__)
template <typename Kernel>
Kernel* fitting(Kernel* avx512, Kernel* avx2, Kernel* plain) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return avx512;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? avx2 : plain;
}

// A function for each kind of processor, and NAME for that of this one. It returns the expression, in which `width` is how many bytes a
// vector of that processor has: wider ones the compiler would take apart number by number.
#define GT_KERNEL(RESULT, NAME, PARAMETERS, ...)                                                                       \
  __attribute__((target("avx512f"))) RESULT NAME##_avx512 PARAMETERS { constexpr int width = 64; return __VA_ARGS__; } \
  __attribute__((target("avx2,fma"))) RESULT NAME##_avx2 PARAMETERS { constexpr int width = 32; return __VA_ARGS__; }  \
  RESULT NAME##_plain PARAMETERS { constexpr int width = 16; return __VA_ARGS__; }                                     \
  const auto NAME = fitting(NAME##_avx512, NAME##_avx2, NAME##_plain);
#else
#define GT_KERNEL(RESULT, NAME, PARAMETERS, ...) \
  RESULT NAME PARAMETERS { constexpr int width = 16; return __VA_ARGS__; }
#endif

}  // namespace gt
