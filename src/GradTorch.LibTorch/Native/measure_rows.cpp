// What is measured of the rows of many layers at once.
#include "measure.h"
#include "measure_device.h"

#include <optional>

using namespace gt;

namespace {

// Rows (S, R, N) for the kernels of a CUDA device, where they take them.
std::optional<DeviceRows> rows_on_device(const at::Tensor& rows, const at::Tensor& before, const at::Tensor& table, int32_t norm,
                                             int32_t nonfinite) {
  bool takes = measures_on_device(rows) && rows.stride(2) == 1 && table.device() == rows.device() && table.stride(2) == 1 &&
               table.scalar_type() == at::kDouble && table.size(0) == rows.size(0) && std::max(norm, nonfinite) < table.size(2) &&
               (!before.defined() || (before.scalar_type() == rows.scalar_type() && before.stride(2) == 1));
  if (!takes) return std::nullopt;
  DeviceRows all{};
  all.values = rows.data_ptr();
  all.member_stride = rows.stride(0);
  all.row_stride = rows.stride(1);
  if (before.defined()) {
    all.before = before.data_ptr();
    all.before_member_stride = before.stride(0);
    all.before_row_stride = before.stride(1);
  }
  all.count = rows.size(2);
  all.table = table.data_ptr<double>();
  all.table_member_stride = table.stride(0);
  all.table_row_stride = table.stride(1);
  all.rows = static_cast<int32_t>(rows.size(1));
  all.first = norm;
  all.second = all.third = -1;
  all.nonfinite = nonfinite;
  return all;
}

}  // namespace

// How GradTorch.LibTorch.Measurement hands over rows (S, R, N) that may lie apart, each for its row of a table (S, R, Q): norms, or
// with `before` of what changed.
struct GtMeasuredRows {
  Handle rows, before, table;
  int32_t norm, nonfinite;
};

GT_EXPORT int32_t gt_measure_rows(const GtMeasuredRows* all, int32_t count) {
  return checked([&] {
    at::AutoDispatchBelowADInplaceOrView below;
    std::vector<DeviceRows> together;
    at::Tensor like;
    for (int32_t i = 0; i < count; i++) {
      auto rows = borrow(all[i].rows), before = borrow(all[i].before), table = borrow(all[i].table);
      auto norm = all[i].norm, nonfinite = all[i].nonfinite;
      TORCH_CHECK(rows.dim() == 3 && table.dim() == 3 && rows.size(1) == table.size(1) &&
                      (!before.defined() || before.sizes() == rows.sizes()),
                  "measure: expected rows (S, R, N) and a table (S, R, Q), got ", rows.sizes(), " and ", table.sizes());
      if (auto on_device = rows_on_device(rows, before, table, norm, nonfinite)) {
        TORCH_CHECK(!like.defined() || (like.scalar_type() == rows.scalar_type() && like.size(0) == rows.size(0)),
                    "measure: expected rows of one type and as many members, got ", like.sizes(), " and ", rows.sizes());
        together.push_back(*on_device);
        like = rows;
        continue;
      }
      for (int64_t row = 0; row < rows.size(1); row++) {
        Sink sink{table.select(1, row)};
        auto now = rows.select(1, row);
        if (before.defined()) measure_difference(now, before.select(1, row), sink, norm);
        else measure_norm(now, sink, norm, -1, nonfinite);
      }
    }
    if (!together.empty()) measure_on_device(together, like);
  });
}
