// What libtorch's caching allocator holds on a CUDA device, and what is left there. Needs CUDA's headers when it is compiled
// (GT_CUDA).
#include "abi.h"
#include "cuda_driver.h"

#ifdef GT_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#endif

using namespace gt;

// Bytes in tensors now, at most so far, bytes taken from the device now, and bytes that nobody has taken. 0 when they can be
// told, else -1.
GT_EXPORT int32_t gt_cuda_memory(int32_t index, int64_t* allocated, int64_t* peak, int64_t* reserved, int64_t* free) {
  return checked([&] {
#ifdef GT_CUDA
    // The allocator knows no device before the first tensor on it.
    at::empty({1}, at::TensorOptions().device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index)));
    auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(index);
    *allocated = stats.allocated_bytes[0].current;
    *peak = stats.allocated_bytes[0].peak;
    *reserved = stats.reserved_bytes[0].current;
    c10::cuda::CUDAGuard device(static_cast<c10::DeviceIndex>(index));
    size_t left = 0, all = 0;
    auto ask = reinterpret_cast<int (*)(size_t*, size_t*)>(driver_symbol("cuMemGetInfo_v2"));
    TORCH_CHECK(ask != nullptr && ask(&left, &all) == 0, "what is left of the memory of CUDA device ", index, " can't be told");
    *free = static_cast<int64_t>(left);
#else
    TORCH_CHECK(false, "memory of CUDA device ", index, " can't be told: the native library was built without CUDA's headers");
#endif
  });
}
