// What the dispatcher can't do with a tensor: memory that comes from outside, metadata, references.
#include "abi.h"


#include <cstring>

using namespace gt;

GT_EXPORT void gt_retain(Handle handle) { c10::raw::intrusive_ptr::incref(handle); }

GT_EXPORT void gt_release(Handle handle) {
  guarded<int32_t>(-1, [&]() -> int32_t {
    take(handle);
    return 0;
  });
}

GT_EXPORT int64_t gt_dim(Handle handle) { return handle->dim(); }

GT_EXPORT int64_t gt_numel(Handle handle) { return handle->numel(); }

GT_EXPORT int32_t gt_dtype(Handle handle) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype()));
}

GT_EXPORT int64_t gt_itemsize(Handle handle) { return handle->dtype().itemsize(); }

// Device type and index; the index of the CPU is -1.
GT_EXPORT int32_t gt_device(Handle handle, int32_t* index) {
  auto device = handle->device();
  *index = device.index();
  return static_cast<int32_t>(device.type());
}

GT_EXPORT int32_t gt_layout(Handle handle) { return static_cast<int32_t>(handle->layout()); }

GT_EXPORT int32_t gt_sizes(Handle handle, int64_t* sizes, int64_t* strides) {
  return checked([&] {
    auto tensor = borrow(handle);
    auto from = tensor.sizes();
    if (sizes != nullptr) std::copy(from.begin(), from.end(), sizes);
    if (strides != nullptr) {
      auto steps = tensor.strides();
      std::copy(steps.begin(), steps.end(), strides);
    }
  });
}

GT_EXPORT int32_t gt_is_contiguous(Handle handle) { return handle->is_contiguous(); }

GT_EXPORT int64_t gt_storage_offset(Handle handle) {
  return guarded<int64_t>(-1, [&] { return borrow(handle).storage_offset(); });
}

GT_EXPORT void* gt_data(Handle handle) {
  return guarded<void*>(nullptr, [&] { return borrow(handle).data_ptr(); });
}

GT_EXPORT int64_t gt_storage_bytes(Handle handle) {
  return guarded<int64_t>(-1, [&] { return static_cast<int64_t>(borrow(handle).storage().nbytes()); });
}

GT_EXPORT int64_t gt_version(Handle handle) {
  return guarded<int64_t>(-1, [&] { return static_cast<int64_t>(borrow(handle)._version()); });
}

// A new tensor with a copy of the given elements, on the CPU.
GT_EXPORT Handle gt_from_memory(const void* data, const int64_t* sizes, int32_t dims, int32_t dtype) {
  return guarded<Handle>(nullptr, [&] {
    at::AutoDispatchBelowADInplaceOrView below;
    auto tensor = at::empty(at::IntArrayRef(sizes, dims), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    if (tensor.nbytes() > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    return give(tensor);
  });
}

// A tensor over memory that the caller keeps alive until `deleter(context)` is called.
GT_EXPORT Handle gt_over_memory(void* data, const int64_t* sizes, int32_t dims, int32_t dtype, void (*deleter)(void*), void* context) {
  return guarded<Handle>(nullptr, [&] {
    at::AutoDispatchBelowADInplaceOrView below;
    return give(at::from_blob(
        data, at::IntArrayRef(sizes, dims), [deleter, context](void*) { if (deleter != nullptr) deleter(context); },
        at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))));
  });
}
