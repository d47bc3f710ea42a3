// x scale + offset of stored numbers in one pass, which makes floating-point numbers of bytes on the way.
#include "abi.h"
#include "clones.h"

#include <ATen/Parallel.h>

// Product and sum are rounded each: what an example becomes must not hang on where in a batch it stands.
#pragma GCC optimize("fp-contract=off")

namespace {

constexpr int64_t kPortion = 1 << 15;

template <typename T, typename Stored>
GT_BODY void standardise_body(const Stored* x, T* out, int64_t n, T scale, T offset) {
  for (int64_t i = 0; i < n; i++) out[i] = static_cast<T>(x[i]) * scale + offset;
}

GT_CLONES void standardise(const uint8_t* x, float* out, int64_t n, float scale, float offset) { standardise_body(x, out, n, scale, offset); }
GT_CLONES void standardise(const uint8_t* x, double* out, int64_t n, double scale, double offset) { standardise_body(x, out, n, scale, offset); }
GT_CLONES void standardise(const float* x, float* out, int64_t n, float scale, float offset) { standardise_body(x, out, n, scale, offset); }
GT_CLONES void standardise(const double* x, double* out, int64_t n, double scale, double offset) { standardise_body(x, out, n, scale, offset); }

template <typename Stored>
void fill(const at::Tensor& raw, at::Tensor& out, const at::Tensor& scale, const at::Tensor& offset) {
  AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "standardise", [&] {
    if constexpr (std::is_same_v<Stored, uint8_t> || std::is_same_v<Stored, scalar_t>) {
      auto from = raw.data_ptr<Stored>();
      auto to = out.data_ptr<scalar_t>();
      auto factor = *scale.data_ptr<scalar_t>(), shift = *offset.data_ptr<scalar_t>();
      at::parallel_for(0, raw.numel(), kPortion, [&](int64_t first, int64_t last) {
        standardise(from + first, to + first, last - first, factor, shift);
      });
    }
  });
}

}  // namespace

using namespace gt;

// `scale` and `offset`, one number each, say which type comes of it.
GT_EXPORT Handle gt_standardise(Handle raw_handle, Handle scale_handle, Handle offset_handle) {
  return guarded<Handle>(nullptr, [&]() -> Handle {
    at::AutoDispatchBelowADInplaceOrView below;
    auto raw = borrow(raw_handle), scale = borrow(scale_handle), offset = borrow(offset_handle);
    bool bytes = raw.scalar_type() == at::kByte;
    TORCH_CHECK(raw.is_cpu() && raw.is_contiguous() && scale.numel() == 1 && offset.numel() == 1 && scale.scalar_type() == offset.scalar_type() &&
                    (scale.scalar_type() == at::kFloat || scale.scalar_type() == at::kDouble) && (bytes || raw.scalar_type() == scale.scalar_type()),
                "standardise: expected bytes, or numbers of the type of scale and offset, together on the CPU, and one scale and offset, got ",
                raw.scalar_type(), " ", raw.sizes(), " and ", scale.sizes(), " of ", scale.scalar_type());
    auto out = at::empty(raw.sizes(), scale.options());
    if (bytes) fill<uint8_t>(raw, out, scale, offset);
    else if (out.scalar_type() == at::kFloat) fill<float>(raw, out, scale, offset);
    else fill<double>(raw, out, scale, offset);
    return give(out);
  });
}
