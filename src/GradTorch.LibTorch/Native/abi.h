// The C interface between GradTorch.LibTorch and libtorch. Tensors cross it as TensorImpl pointers that carry one
// reference each; every entry point turns every C++ exception into a return value and a message (gt_last_error).
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/autograd/variable.h>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#define GT_EXPORT extern "C" __attribute__((visibility("default")))

namespace gt {

using Handle = c10::TensorImpl*;

void set_error(const char* message);

// Borrows: the handle keeps its reference, the tensor takes one of its own. A null handle is an undefined tensor.
inline at::Tensor borrow(Handle handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::unsafe_reclaim_from_nonowning(handle));
}

// Takes over the reference that the handle carries.
inline at::Tensor take(Handle handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle));
}

// Gives the tensor's reference away. An undefined tensor is a null handle.
inline Handle give(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline std::vector<at::Tensor> borrow_all(const Handle* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

// Runs the body; on any exception keeps its message and returns `failed`.
template <typename Result, typename Body>
Result guarded(Result failed, Body body) noexcept {
  try {
    return body();
  } catch (const c10::Error& error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_error(error.what());
  } catch (...) {
    set_error("unknown C++ exception");
  }
  return failed;
}

template <typename Body>
int32_t checked(Body body) noexcept {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    body();
    return 0;
  });
}

}  // namespace gt
