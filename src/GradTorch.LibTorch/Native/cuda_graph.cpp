// Work on a CUDA device that is recorded once and then launched as a whole. Needs CUDA's headers when it is compiled (GT_CUDA).
#include "abi.h"

#ifdef GT_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <memory>
#include <optional>
#endif

using namespace gt;

#ifdef GT_CUDA

namespace {

struct Graph {
  explicit Graph(c10::Device place) : device(place) {}

  c10::Device device;
  at::cuda::CUDAGraph graph;
  // While it records: a stream of its own, for the default one can't be captured.
  std::optional<c10::cuda::CUDAStreamGuard> stream;
};

}  // namespace

// Begins to record what this thread gives to the device, and autograd on its behalf. Nothing of it is carried out.
GT_EXPORT void* gt_cuda_graph_begin(int32_t index) {
  return guarded<void*>(nullptr, [&]() -> void* {
    c10::cuda::CUDAGuard device(static_cast<c10::DeviceIndex>(index));
    auto made = std::make_unique<Graph>(c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index)));
    c10::cuda::device_synchronize();
    made->stream.emplace(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, static_cast<c10::DeviceIndex>(index)));
    made->graph.capture_begin();
    return made.release();
  });
}

// Ends the recording, also one that has failed; the thread's work is carried out again.
GT_EXPORT int32_t gt_cuda_graph_end(void* handle) {
  auto recorded = static_cast<Graph*>(handle);
  auto failed = checked([&] {
    c10::cuda::CUDAGuard device(recorded->device);
    recorded->graph.capture_end();
  });
  recorded->stream.reset();
  return failed;
}

// Launches it behind what the device has been given so far.
GT_EXPORT int32_t gt_cuda_graph_launch(void* handle) {
  return checked([&] {
    auto recorded = static_cast<Graph*>(handle);
    c10::cuda::CUDAGuard device(recorded->device);
    recorded->graph.replay();
  });
}

GT_EXPORT void gt_cuda_graph_release(void* handle) { delete static_cast<Graph*>(handle); }

#else

GT_EXPORT void* gt_cuda_graph_begin(int32_t) {
  return guarded<void*>(nullptr, []() -> void* {
    TORCH_CHECK(false, "work on a CUDA device can't be recorded: the native library was built without CUDA's headers");
  });
}

GT_EXPORT int32_t gt_cuda_graph_end(void*) { return 0; }

GT_EXPORT int32_t gt_cuda_graph_launch(void*) { return 0; }

GT_EXPORT void gt_cuda_graph_release(void*) {}

#endif
