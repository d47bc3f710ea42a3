#include "small_product.h"

#include "lanes.h"

#include <algorithm>
#include <vector>

namespace gt {
namespace {

// A few rows of c by two vectors of columns or one, which stay in registers all along. b and c have so many numbers in a row.
template <int rows, int vectors, typename V>
GT_BODY void tile(const Strided<Element<V>>& a, const Element<V>* b, int64_t b_row, Element<V>* c, int64_t c_row, int64_t inner, bool add) {
  std::integral_constant<int64_t, kLanes<V>> n;
  V sums[rows][vectors] = {};
  if (add)
    for (int64_t r = 0; r < rows; r++)
      for (int64_t v = 0; v < vectors; v++) sums[r][v] = load<V>(c + r * c_row + v * n, n);
  for (int64_t k = 0; k < inner; k++) {
    V numbers[vectors];
    for (int64_t v = 0; v < vectors; v++) numbers[v] = load<V>(b + k * b_row + v * n, n);
    for (int64_t r = 0; r < rows; r++)
      for (int64_t v = 0; v < vectors; v++) sums[r][v] += a.data[r * a.row + k * a.column] * numbers[v];
  }
  for (int64_t r = 0; r < rows; r++)
    for (int64_t v = 0; v < vectors; v++) store<V>(c + r * c_row + v * n, sums[r][v], n);
}

// The last columns of b, which do not fill two vectors, beside zeros: as one vector where they fit into it.
template <typename V>
struct Edge {
  static constexpr int64_t pair = 2 * kLanes<V>;
  const Element<V>* data;
  int64_t columns;

  int64_t row() const { return columns <= kLanes<V> ? kLanes<V> : pair; }
};

template <int rows, typename V>
GT_BODY void band(const Strided<Element<V>>& a, const Element<V>* b, const Edge<V>& edge, Element<V>* c, int64_t inner, int64_t columns, bool add) {
  int64_t j = 0;
  for (; j + edge.pair <= columns; j += edge.pair) tile<rows, 2, V>(a, b + j, columns, c + j, columns, inner, add);
  if (edge.columns == 0) return;
  Element<V> sums[rows * edge.pair];
  auto row = edge.row();
  if (row == edge.pair) tile<rows, 2, V>(a, edge.data, row, sums, row, inner, false);
  else tile<rows, 1, V>(a, edge.data, row, sums, row, inner, false);
  for (int64_t r = 0; r < rows; r++)
    for (int64_t l = 0; l < edge.columns; l++) {
      auto place = c + r * columns + j + l;
      *place = sums[r * row + l] + (add ? *place : 0);
    }
}

// So many numbers of b at a time stay in the nearest cache, beside what of a meets them, while all rows of a pass over them; fewer rows
// of b than kLeast would have c read and written too often.
constexpr int64_t kPiece = 2048, kLeast = 32;

template <typename V>
GT_BODY void piece(const Strided<Element<V>>& a, const Element<V>* b, const Edge<V>& edge, Element<V>* c, int64_t rows, int64_t inner, int64_t columns, bool add) {
  // As many as a processor's registers hold beside b: AVX-512 has 32 of them.
  constexpr int64_t most = sizeof(V) == 64 ? 12 : 6;
  auto from = [&](int64_t r) { return Strided<Element<V>>{a.data + r * a.row, a.row, a.column}; };
  int64_t r = 0;
  for (; r + most <= rows; r += most) band<most, V>(from(r), b, edge, c + r * columns, inner, columns, add);
  for (; r + 2 <= rows; r += 2) band<2, V>(from(r), b, edge, c + r * columns, inner, columns, add);
  if (r < rows) band<1, V>(from(r), b, edge, c + r * columns, inner, columns, add);
}

template <typename V>
GT_BODY void product_body(const Strided<Element<V>>& a, const Element<V>* b, Element<V>* c, int64_t rows, int64_t inner, int64_t columns, bool add) {
  static thread_local std::vector<Element<V>> last;
  Edge<V> edge{nullptr, columns % Edge<V>::pair};
  if (edge.columns > 0) {
    last.assign(inner * edge.row(), 0);
    for (int64_t k = 0; k < inner; k++) std::copy_n(b + (k + 1) * columns - edge.columns, edge.columns, last.data() + k * edge.row());
    edge.data = last.data();
  }
  auto most = std::max(kLeast, kPiece / columns);
  for (int64_t k = 0; k < inner; k += most)
    piece<V>({a.data + k * a.column, a.row, a.column}, b + k * columns, {edge.data + k * edge.row(), edge.columns}, c, rows,
             std::min(most, inner - k), columns, add || k > 0);
}

GT_KERNEL(void, product32, (const Strided<float>& a, const float* b, float* c, int64_t rows, int64_t inner, int64_t columns, bool add),
          product_body<Lanes<float, width>>(a, b, c, rows, inner, columns, add))
GT_KERNEL(void, product64, (const Strided<double>& a, const double* b, double* c, int64_t rows, int64_t inner, int64_t columns, bool add),
          product_body<Lanes<double, width>>(a, b, c, rows, inner, columns, add))

}  // namespace

void multiply_small(const Strided<float>& a, const float* b, float* c, int64_t rows, int64_t inner, int64_t columns, bool add) {
  product32(a, b, c, rows, inner, columns, add);
}

void multiply_small(const Strided<double>& a, const double* b, double* c, int64_t rows, int64_t inner, int64_t columns, bool add) {
  product64(a, b, c, rows, inner, columns, add);
}

}  // namespace gt
