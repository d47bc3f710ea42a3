// Matrix products whose factors lie in the nearest caches: there a BLAS library, made for large ones, copies them first, and that takes
// as long as it saves.
#pragma once

#include <cstdint>

namespace gt {

// A matrix whose element (r, k) lies at data[r * row + k * column].
template <typename T>
struct Strided {
  const T* data;
  int64_t row, column;
};

// Of sizes above 0: c (rows, columns) = a (rows, inner) b (inner, columns), or with `add` that much more; b and c lie by rows in one piece.
void multiply_small(const Strided<float>& a, const float* b, float* c, int64_t rows, int64_t inner, int64_t columns, bool add);
void multiply_small(const Strided<double>& a, const double* b, double* c, int64_t rows, int64_t inner, int64_t columns, bool add);

}  // namespace gt
