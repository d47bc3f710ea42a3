// Matrix products of one member: small ones, whose price is the way to the BLAS library as much as the product.
#pragma once

#include "abi.h"

namespace gt {

// A matrix by rows, or what it is when its rows are read as columns.
template <typename T>
struct Factor {
  const T* data;
  bool transposed = false;
};

// out (rows, columns) = a (rows, inner) b (inner, columns), or with `add` that much more; all of them lie in one piece.
void multiply(const Factor<float>& a, const Factor<float>& b, float* out, int64_t rows, int64_t inner, int64_t columns, bool add);
void multiply(const Factor<double>& a, const Factor<double>& b, double* out, int64_t rows, int64_t inner, int64_t columns, bool add);

}  // namespace gt
