// Sixteen numbers at a time, in the compiler's own vector types: each processor's clone of a kernel makes of them what it
// has, and the order of operations is the same on all.
#pragma once

#include "clones.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

// Vectors never cross a function that is not inlined, so how one would be passed does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace gt {

constexpr int64_t kLanes = 16;

template <typename T>
struct LanesOf;

template <>
struct LanesOf<float> {
  typedef float Numbers __attribute__((vector_size(64)));
  typedef int32_t Integers __attribute__((vector_size(64)));
};

template <>
struct LanesOf<double> {
  typedef double Numbers __attribute__((vector_size(128)));
  typedef int64_t Integers __attribute__((vector_size(128)));
};

template <typename T>
using Lanes = typename LanesOf<T>::Numbers;
template <typename T>
using IntegerLanes = typename LanesOf<T>::Integers;
using DoubleLanes = Lanes<double>;

template <typename T>
GT_BODY Lanes<T> splat(T number) {
  return Lanes<T>{} + number;
}

// The first n numbers, then zeros. n is a constant 16 but at the end of a row.
template <typename T, typename N>
GT_BODY Lanes<T> load(const T* from, N n) {
  Lanes<T> lanes{};
  std::memcpy(&lanes, from, n * sizeof(T));
  return lanes;
}

template <typename T, typename N>
GT_BODY void store(T* to, const Lanes<T>& lanes, N n) {
  std::memcpy(to, &lanes, n * sizeof(T));
}

template <typename T>
GT_BODY DoubleLanes widen(const Lanes<T>& lanes) {
  return __builtin_convertvector(lanes, DoubleLanes);
}

GT_BODY double fold(const DoubleLanes& lanes) {
  double sum = 0;
  for (int64_t j = 0; j < kLanes; j++) sum += lanes[j];
  return sum;
}

// Calls body(first, number of lanes) over 0 … count - 1.
template <typename Body>
GT_BODY void for_lanes(int64_t count, Body body) {
  int64_t j = 0;
  for (; j + kLanes <= count; j += kLanes) body(j, std::integral_constant<int64_t, kLanes>());
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
template <typename T>
struct SplitExponential {
  Lanes<T> scale, rest;

  GT_BODY explicit SplitExponential(const Lanes<T>& x) {
    using E = Exponential<T>;
    using I = IntegerLanes<T>;
    Lanes<T> rounded = x * E::log2e + E::rounder;
    Lanes<T> power = rounded - E::rounder;
    Lanes<T> r = x - power * E::ln2_high;
    r = r - power * E::ln2_low;
    Lanes<T> sum{};
    T factorial = 1;
    for (int k = 2; k <= E::degree; k++) factorial *= k;
    for (int k = E::degree; k >= 2; k--) {
      sum = sum * r + 1 / factorial;
      factorial /= k;
    }
    rest = r * r * sum + r;
    // The rounded power lies in the low bits of what it was rounded with.
    I exponent = reinterpret_cast<I>(rounded) - reinterpret_cast<I>(splat<T>(E::rounder));
    scale = reinterpret_cast<Lanes<T>>((exponent + E::bias) << E::mantissa);
  }
};

// (exp(2|x|) - 1) / (exp(2|x|) + 1) with x's sign. NaN stays NaN.
template <typename T>
GT_BODY Lanes<T> tanh(const Lanes<T>& x) {
  Lanes<T> magnitude = x < 0 ? -x : x;
  Lanes<T> twice = magnitude + magnitude;
  twice = twice > Exponential<T>::tanh_is_one ? splat<T>(Exponential<T>::tanh_is_one) : twice;
  SplitExponential<T> e(twice);
  Lanes<T> less_one = e.scale * e.rest + (e.scale - 1);
  Lanes<T> y = less_one / (less_one + 2);
  return x < 0 ? -y : y;
}

// Infinite a little before the largest number that there is.
template <typename T>
GT_BODY Lanes<T> exponential(const Lanes<T>& x) {
  SplitExponential<T> split(x);
  Lanes<T> e = split.scale * split.rest + split.scale;
  e = x < Exponential<T>::least ? Lanes<T>{} : e;
  return x > Exponential<T>::most ? splat<T>(__builtin_inf()) : e;
}

// 1 / (1 + exp(-x)), from the exponential of the negative magnitude so that neither side loses digits.
template <typename T>
GT_BODY Lanes<T> sigmoid(const Lanes<T>& x) {
  Lanes<T> negative = x < 0 ? x : -x;
  SplitExponential<T> split(negative);
  Lanes<T> e = split.scale * split.rest + split.scale;
  e = negative < Exponential<T>::least ? Lanes<T>{} : e;
  Lanes<T> larger = 1 / (1 + e);
  return x < 0 ? e * larger : larger;
}

}  // namespace gt
