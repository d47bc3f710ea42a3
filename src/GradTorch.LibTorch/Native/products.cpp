#include "products.h"

#include "small_product.h"

#include <algorithm>
#include <vector>

// The library that libtorch multiplies with, where it is one of its own and not a part of libtorch.
extern "C" {
__attribute__((weak)) void sgemm_(const char*, const char*, const int*, const int*, const int*, const float*, const float*,
                                  const int*, const float*, const int*, const float*, float*, const int*);
__attribute__((weak)) void dgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*,
                                  const int*, const double*, const int*, const double*, double*, const int*);
}

namespace gt {
namespace {

using Gemm32 = decltype(&sgemm_);
using Gemm64 = decltype(&dgemm_);

template <typename T>
at::Tensor matrix(const Factor<T>& factor, int64_t rows, int64_t columns) {
  auto sizes = factor.transposed ? std::array{columns, rows} : std::array{rows, columns};
  auto tensor = at::from_blob(const_cast<T*>(factor.data), sizes, at::CppTypeToScalarType<T>::value);
  return factor.transposed ? tensor.t() : tensor;
}

// Up to so many multiply-adds, or columns, the library is slower. Where b's rows are read as columns they must be copied here, too, which
// only the smallest are worth.
constexpr int64_t kSmall = 1 << 20, kNarrow = 32;

template <typename T>
bool multiply_here(const Factor<T>& a, const Factor<T>& b, T* out, int64_t rows, int64_t inner, int64_t columns, bool add) {
  if (rows == 0 || inner == 0 || columns == 0) return false;
  if (b.transposed ? inner > kNarrow || columns > kNarrow : columns > kNarrow && rows * inner * columns > kSmall) return false;
  auto factor = b.data;
  static thread_local std::vector<T> turned;
  if (b.transposed) {
    turned.resize(inner * columns);
    for (int64_t j = 0; j < columns; j++)
      for (int64_t k = 0; k < inner; k++) turned[k * columns + j] = b.data[j * inner + k];
    factor = turned.data();
  }
  multiply_small({a.data, a.transposed ? 1 : inner, a.transposed ? rows : 1}, factor, out, rows, inner, columns, add);
  return true;
}

template <typename T, typename Gemm>
void multiply_with(Gemm gemm, const Factor<T>& a, const Factor<T>& b, T* out, int64_t rows, int64_t inner, int64_t columns, bool add) {
  if (multiply_here(a, b, out, rows, inner, columns, add)) return;
  if (gemm == nullptr || rows == 0 || inner == 0 || columns == 0 || std::max({rows, inner, columns}) > INT32_MAX) {
    auto target = at::from_blob(out, {rows, columns}, at::CppTypeToScalarType<T>::value);
    auto left = matrix(a, rows, inner), right = matrix(b, inner, columns);
    if (add) target.addmm_(left, right);
    else at::mm_out(target, left, right);
    return;
  }
  // BLAS reads columns: to it all of this is outᵀ = bᵀ aᵀ.
  int m = columns, n = rows, k = inner, of_b = b.transposed ? k : m, of_a = a.transposed ? n : k;
  T one = 1, more = add ? 1 : 0;
  gemm(b.transposed ? "T" : "N", a.transposed ? "T" : "N", &m, &n, &k, &one, b.data, &of_b, a.data, &of_a, &more, out, &m);
}

}  // namespace

void multiply(const Factor<float>& a, const Factor<float>& b, float* out, int64_t rows, int64_t inner, int64_t columns, bool add) {
  multiply_with<float, Gemm32>(sgemm_, a, b, out, rows, inner, columns, add);
}

void multiply(const Factor<double>& a, const Factor<double>& b, double* out, int64_t rows, int64_t inner, int64_t columns, bool add) {
  multiply_with<double, Gemm64>(dgemm_, a, b, out, rows, inner, columns, add);
}

}  // namespace gt
