#include "measure.h"

#include "clones.h"
#include "measure_device.h"
#include "members.h"

#include <cmath>

namespace {

constexpr int kLanes = 16;  // independent sums: they vectorise, and the order of addition is the same on every processor

double fold(const double* lanes) {
  double sum = 0;
  for (int j = 0; j < kLanes; j++) sum += lanes[j];
  return sum;
}

template <typename T>
GT_BODY double sum_of_squares_body(const T* x, int64_t n) {
  double lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) lanes[j] += static_cast<double>(x[i + j]) * static_cast<double>(x[i + j]);
  for (int j = 0; i < n; i++, j++) lanes[j] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  return fold(lanes);
}

template <typename T>
GT_BODY double difference_body(const T* x, const T* y, int64_t n) {
  double lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) {
      double d = static_cast<double>(x[i + j]) - static_cast<double>(y[i + j]);
      lanes[j] += d * d;
    }
  for (int j = 0; i < n; i++, j++) {
    double d = static_cast<double>(x[i]) - static_cast<double>(y[i]);
    lanes[j] += d * d;
  }
  return fold(lanes);
}

template <typename T>
GT_BODY int64_t zeros_body(const T* x, int64_t n) {
  int32_t lanes[kLanes] = {};  // a member's tensor has far fewer than 16 · 2^31 elements
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) lanes[j] += x[i + j] == T(0) ? 1 : 0;
  int64_t count = 0;
  for (; i < n; i++) count += x[i] == T(0);
  for (int j = 0; j < kLanes; j++) count += lanes[j];
  return count;
}

// Each loop does one thing: two kinds of sums in one would keep both from vectorising.
template <typename T>
GT_BODY int64_t outside_body(const T* x, int64_t n, T low, T high) {
  int32_t lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) lanes[j] += ((x[i + j] <= low) | (x[i + j] >= high)) ? 1 : 0;
  int64_t count = 0;
  for (; i < n; i++) count += (x[i] <= low) | (x[i] >= high);
  for (int j = 0; j < kLanes; j++) count += lanes[j];
  return count;
}

template <typename T>
GT_BODY double sum_body(const T* x, int64_t n) {
  double lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) lanes[j] += static_cast<double>(x[i + j]);
  for (int j = 0; i < n; i++, j++) lanes[j] += static_cast<double>(x[i]);
  return fold(lanes);
}

template <typename T>
GT_BODY double deviations_body(const T* x, int64_t n, double mean) {
  double lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (int j = 0; j < kLanes; j++) {
      double d = static_cast<double>(x[i + j]) - mean;
      lanes[j] += d * d;
    }
  for (int j = 0; i < n; i++, j++) {
    double d = static_cast<double>(x[i]) - mean;
    lanes[j] += d * d;
  }
  return fold(lanes);
}

GT_CLONES double sum_of_squares(const float* x, int64_t n) { return sum_of_squares_body(x, n); }
GT_CLONES double sum_of_squares(const double* x, int64_t n) { return sum_of_squares_body(x, n); }
GT_CLONES double difference(const float* x, const float* y, int64_t n) { return difference_body(x, y, n); }
GT_CLONES double difference(const double* x, const double* y, int64_t n) { return difference_body(x, y, n); }
GT_CLONES int64_t zeros(const float* x, int64_t n) { return zeros_body(x, n); }
GT_CLONES int64_t zeros(const double* x, int64_t n) { return zeros_body(x, n); }
GT_CLONES int64_t outside(const float* x, int64_t n, float low, float high) { return outside_body(x, n, low, high); }
GT_CLONES int64_t outside(const double* x, int64_t n, double low, double high) { return outside_body(x, n, low, high); }
GT_CLONES double sum(const float* x, int64_t n) { return sum_body(x, n); }
GT_CLONES double sum(const double* x, int64_t n) { return sum_body(x, n); }
GT_CLONES double deviations(const float* x, int64_t n, double mean) { return deviations_body(x, n, mean); }
GT_CLONES double deviations(const double* x, int64_t n, double mean) { return deviations_body(x, n, mean); }

using gt::compact;

// Calls body(pointer to the member's elements, their number) with the tensor's own element type.
template <typename Body>
void for_each_member(const at::Tensor& tensor, Body body) {
  auto members = tensor.size(0);
  auto source = compact(tensor) ? tensor : tensor.contiguous();
  auto count = members == 0 ? 0 : source.numel() / members;
  auto stride = source.stride(0);
  AT_DISPATCH_FLOATING_TYPES(source.scalar_type(), "measure", [&] {
    auto data = static_cast<const scalar_t*>(source.data_ptr());
    gt::for_members(members, [&](int64_t m) { body(data + m * stride, count, m); });
  });
}

template <typename T>
void measure_activation_of(const T* x, int64_t n, double* place, int32_t mean, int32_t deviation, int32_t saturated,
                           int32_t nonfinite, double low, double high) {
  place[mean] = sum(x, n) / n;
  double squares = deviations(x, n, place[mean]);
  place[deviation] = std::sqrt(squares / (n - 1));
  place[saturated] = static_cast<double>(outside(x, n, static_cast<T>(low), static_cast<T>(high))) / n;
  if (!std::isfinite(squares)) place[nonfinite] += gt::count_nonfinite(x, n);
}

at::Tensor flat(const at::Tensor& tensor) { return tensor.reshape({tensor.size(0), -1}); }

at::Tensor norms(const at::Tensor& rows) {
  return at::linalg_vector_norm(rows, 2, at::IntArrayRef{1}, false, at::kDouble);
}

}  // namespace

namespace gt {

// (select(0, 0).is_contiguous() says the same, for the price of a tensor.)
bool compact(const at::Tensor& tensor) {
  int64_t expected = 1;
  for (int64_t dim = tensor.dim() - 1; dim > 0; dim--) {
    if (tensor.size(dim) != 1 && tensor.stride(dim) != expected) return false;
    expected *= tensor.size(dim);
  }
  return true;
}

double squares_of(const float* x, int64_t n) { return sum_of_squares(x, n); }
double squares_of(const double* x, int64_t n) { return sum_of_squares(x, n); }
double norm_of(const float* x, int64_t n) { return root<float>(sum_of_squares(x, n), n, [x](int64_t i) { return x[i]; }); }
double norm_of(const double* x, int64_t n) { return root<double>(sum_of_squares(x, n), n, [x](int64_t i) { return x[i]; }); }

void Sink::check(const at::Tensor& tensor, std::initializer_list<int32_t> quantities) const {
  TORCH_CHECK(tensor.dim() > 0 && table.dim() == 2 && table.scalar_type() == at::kDouble && table.stride(1) == 1 &&
                  table.size(0) == tensor.size(0) && table.device() == tensor.device(),
              "measure: expected a tensor (S, ...) and a float64 table (S, quantities) beside it, got ", tensor.sizes(),
              " and ", table.sizes(), " of ", table.scalar_type());
  for (auto quantity : quantities)
    TORCH_CHECK(quantity < table.size(1), "measure: quantity ", quantity, " is outside a table of ", table.sizes());
}

void measure_norm(const at::Tensor& given, const Sink& sink, int32_t norm, int32_t zero, int32_t nonfinite) {
  at::AutoDispatchBelowADInplaceOrView below;
  bool narrow = given.scalar_type() == at::kBFloat16 || given.scalar_type() == at::kHalf;
  auto tensor = narrow ? given.to(at::kFloat) : given;
  sink.check(tensor, {norm, zero, nonfinite});
  if (measure_norm_on_device(tensor, {}, sink, norm, zero, nonfinite)) return;
  if (!tensor.is_cpu()) {
    auto rows = flat(tensor);
    sink.column(norm).copy_(norms(rows));
    if (zero >= 0) sink.column(zero).copy_(rows.eq(0).to(at::kDouble).mean(1));
    if (nonfinite >= 0) sink.column(nonfinite).add_(at::isfinite(rows).logical_not().sum(1));
    return;
  }
  for_each_member(tensor, [&](auto* x, int64_t n, int64_t m) {
    auto place = sink.member(m);
    place[norm] = norm_of(x, n);
    if (zero >= 0) place[zero] = n == 0 ? 0 : static_cast<double>(zeros(x, n)) / n;
    if (nonfinite >= 0 && !std::isfinite(place[norm])) place[nonfinite] += count_nonfinite(x, n);
  });
}

void measure_difference(const at::Tensor& now, const at::Tensor& then, const Sink& sink, int32_t norm) {
  at::AutoDispatchBelowADInplaceOrView below;
  sink.check(now, {norm});
  TORCH_CHECK(now.sizes() == then.sizes(), "measure: ", now.sizes(), " and ", then.sizes(), " can't be subtracted");
  if (measure_norm_on_device(now, then, sink, norm, -1, -1)) return;
  bool same = now.is_cpu() && now.scalar_type() == then.scalar_type() && now.strides() == then.strides() && compact(now);
  if (!same) {
    auto change = flat(now).to(at::kDouble) - flat(then).to(at::kDouble);
    sink.column(norm).copy_(norms(change));
    return;
  }
  auto stride = then.stride(0);
  for_each_member(now, [&](auto* x, int64_t n, int64_t m) {
    using T = std::decay_t<decltype(*x)>;
    auto y = static_cast<const T*>(then.data_ptr()) + m * stride;
    sink.member(m)[norm] = root<T>(difference(x, y, n), n, [x, y](int64_t i) { return x[i] - y[i]; });
  });
}

void measure_activation(const float* x, int64_t n, double* place, int32_t mean, int32_t deviation, int32_t saturated,
                        int32_t nonfinite, double low, double high) {
  measure_activation_of(x, n, place, mean, deviation, saturated, nonfinite, low, high);
}

void measure_activation(const double* x, int64_t n, double* place, int32_t mean, int32_t deviation, int32_t saturated,
                        int32_t nonfinite, double low, double high) {
  measure_activation_of(x, n, place, mean, deviation, saturated, nonfinite, low, high);
}

void measure_activation(const at::Tensor& activation, const Sink& sink, int32_t mean, int32_t deviation, int32_t saturated,
                        int32_t nonfinite, double low, double high) {
  at::AutoDispatchBelowADInplaceOrView below;
  sink.check(activation, {mean, deviation, saturated, nonfinite});
  if (measure_activation_on_device(activation, sink, mean, deviation, saturated, nonfinite, low, high)) return;
  if (!activation.is_cpu()) {
    auto rows = flat(activation);
    auto wide = rows.to(at::kDouble);
    sink.column(mean).copy_(wide.mean(1));
    sink.column(deviation).copy_(wide.std(1, /*unbiased=*/true));
    sink.column(saturated).copy_(rows.le(low).logical_or(rows.ge(high)).to(at::kDouble).mean(1));
    sink.column(nonfinite).add_(at::isfinite(rows).logical_not().sum(1));
    return;
  }
  for_each_member(activation, [&](auto* x, int64_t n, int64_t m) {
    measure_activation(x, n, sink.member(m), mean, deviation, saturated, nonfinite, low, high);
  });
}

}  // namespace gt

using namespace gt;

GT_EXPORT int32_t gt_measure_norm(Handle tensor, Handle table, int32_t norm, int32_t zero, int32_t nonfinite) {
  return checked([&] { measure_norm(borrow(tensor), {borrow(table)}, norm, zero, nonfinite); });
}

// Norm per member of `tensor - before`.
GT_EXPORT int32_t gt_measure_difference(Handle tensor, Handle before, Handle table, int32_t norm) {
  return checked([&] { measure_difference(borrow(tensor), borrow(before), {borrow(table)}, norm); });
}

GT_EXPORT int32_t gt_measure_activation(Handle tensor, Handle table, int32_t mean, int32_t deviation,
                                        int32_t saturated, int32_t nonfinite, double low, double high) {
  return checked([&] {
    measure_activation(borrow(tensor), {borrow(table)}, mean, deviation, saturated, nonfinite, low, high);
  });
}
