// What is measured of a tensor, member by member: sums in float64, so that nothing underflows or overflows.
#pragma once

#include "abi.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <type_traits>

namespace gt {

// Where the figures of one layer go: a float64 tensor (S, Q), member by quantity.
struct Sink {
  at::Tensor table;

  double* member(int64_t m) const { return static_cast<double*>(table.data_ptr()) + m * table.stride(0); }
  // One quantity of all members: for devices whose memory the host can't write.
  at::Tensor column(int64_t quantity) const { return table.select(1, quantity); }
  // Throws when the table can't take these quantities of that tensor; -1 is one that is not wanted.
  void check(const at::Tensor& tensor, std::initializer_list<int32_t> quantities) const;
};

// Euclidean norm per member; with `zeros` the fraction of exact zeros; adds the non-finite elements to `nonfinite`.
// An index of -1 stands for a quantity that is not wanted.
void measure_norm(const at::Tensor& tensor, const Sink& sink, int32_t norm, int32_t zeros, int32_t nonfinite);

// Euclidean norm per member of `now - then`.
void measure_difference(const at::Tensor& now, const at::Tensor& then, const Sink& sink, int32_t norm);

// Mean, standard deviation (n - 1 in the denominator) and the fraction of elements ≤ low or ≥ high, per member; adds the
// non-finite elements to `nonfinite`.
void measure_activation(const at::Tensor& activation, const Sink& sink, int32_t mean, int32_t deviation, int32_t saturated,
                        int32_t nonfinite, double low, double high);

// The same of one member's n elements, which lie together.
void measure_activation(const float* x, int64_t n, double* place, int32_t mean, int32_t deviation, int32_t saturated,
                        int32_t nonfinite, double low, double high);
void measure_activation(const double* x, int64_t n, double* place, int32_t mean, int32_t deviation, int32_t saturated,
                        int32_t nonfinite, double low, double high);

// Whether every member's elements lie together, row by row; members may lie apart.
bool compact(const at::Tensor& tensor);

// Euclidean norm of n elements that lie together, and the sum of their squares.
double norm_of(const float* x, int64_t n);
double norm_of(const double* x, int64_t n);
double squares_of(const float* x, int64_t n);
double squares_of(const double* x, int64_t n);

template <typename T>
int64_t count_nonfinite(const T* x, int64_t n) {
  int64_t count = 0;
  for (int64_t i = 0; i < n; i++) count += !std::isfinite(x[i]);
  return count;
}

// The root of a sum of squares over element(0 … n - 1). Squares of float64 elements beyond 1e±154 underflow or overflow, so
// they are scaled and summed again; float32 ones never need it.
template <typename T, typename Element>
double root(double squares, int64_t n, Element element) {
  if constexpr (std::is_same_v<T, double>) {
    if (squares < 1e-290 || !std::isfinite(squares)) {
      double largest = 0;
      for (int64_t i = 0; i < n; i++) {
        if (!std::isfinite(element(i))) return std::sqrt(squares);
        largest = std::max(largest, std::abs(element(i)));
      }
      if (largest == 0) return 0;
      double scaled = 0;
      for (int64_t i = 0; i < n; i++) scaled += (element(i) / largest) * (element(i) / largest);
      return largest * std::sqrt(scaled);
    }
  }
  return std::sqrt(squares);
}

}  // namespace gt
