// CUDA devices, through the hooks that every libtorch has: one without CUDA answers that there are none.
#include "abi.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <mutex>

using namespace gt;

namespace {

int32_t device_count() { return at::globalContext().hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0; }

void seed_device(uint64_t seed, int32_t index) {
  auto device = c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
  auto generator = at::globalContext().defaultGenerator(device);
  std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_current_seed(seed);
}

}  // namespace

// 0 without a usable GPU, also when the driver is missing.
GT_EXPORT int32_t gt_cuda_device_count() {
  return guarded<int32_t>(0, [] { return device_count(); });
}

GT_EXPORT int32_t gt_cuda_has_cudnn() {
  return guarded<int32_t>(0, []() -> int32_t { return device_count() > 0 && at::globalContext().hasCuDNN(); });
}

// Waits for all work of a device; -1 is the current one.
GT_EXPORT int32_t gt_cuda_synchronize(int32_t index) {
  return checked([&] {
    TORCH_CHECK(device_count() > 0, "No CUDA GPUs are available");
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index));
  });
}

// Seeds the current device's default generator, or those of all devices. Nothing happens without a GPU.
GT_EXPORT int32_t gt_cuda_manual_seed(uint64_t seed, int32_t all) {
  return checked([&] {
    auto count = device_count();
    if (all == 0 && count > 0) seed_device(seed, -1);
    for (int32_t i = 0; all != 0 && i < count; i++) seed_device(seed, i);
  });
}

// Whether matrix products (0) and cuDNN's operators (1) may round float32 inputs to TF32.
GT_EXPORT int32_t gt_allow_tf32(int32_t cudnn) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    return cudnn != 0 ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS();
  });
}

GT_EXPORT int32_t gt_set_allow_tf32(int32_t cudnn, int32_t allow) {
  return checked([&] {
    if (cudnn != 0) at::globalContext().setAllowTF32CuDNN(allow != 0);
    else at::globalContext().setAllowTF32CuBLAS(allow != 0);
  });
}
