// Work on a CUDA device that is recorded once and then launched as a whole. Needs CUDA's headers when it is compiled (GT_CUDA).
#include "abi.h"

#ifdef GT_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#endif

using namespace gt;

#ifdef GT_CUDA

namespace {

struct Graph {
  explicit Graph(c10::Device place) : device(place) {}

  c10::Device device;
  at::cuda::CUDAGraph graph;
  std::optional<c10::cuda::CUDAStreamGuard> stream;  // while it records
};

// Where a device is recorded, for its default stream can't be: always the same, for memory that one stream has left is not given to
// another.
c10::cuda::CUDAStream recording_stream(c10::DeviceIndex index) {
  static std::mutex mutex;
  static std::map<int, c10::cuda::CUDAStream> streams;
  std::lock_guard<std::mutex> lock(mutex);
  return streams.try_emplace(index, c10::cuda::getStreamFromPool(/*isHighPriority=*/false, index)).first->second;
}

}  // namespace

// Names memory that graphs can share of which one runs at a time and leaves nothing there for another.
GT_EXPORT int32_t gt_cuda_graph_memory(uint64_t* name) {
  return checked([&] { std::tie(name[0], name[1]) = at::cuda::graph_pool_handle(); });
}

// Begins to record what this thread gives to the device, and autograd on its behalf. Nothing of it is carried out. What the allocator has
// left over goes back to the device first: the graph takes memory of its own.
GT_EXPORT void* gt_cuda_graph_begin(int32_t index, const uint64_t* memory) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto place = static_cast<c10::DeviceIndex>(index);
    c10::cuda::CUDAGuard device(place);
    auto made = std::make_unique<Graph>(c10::Device(c10::DeviceType::CUDA, place));
    c10::cuda::device_synchronize();
    c10::cuda::CUDACachingAllocator::emptyCache();
    made->stream.emplace(recording_stream(place));
    made->graph.capture_begin({memory[0], memory[1]});
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

GT_EXPORT int32_t gt_cuda_graph_memory(uint64_t*) {
  return checked([] {
    TORCH_CHECK(false, "work on a CUDA device can't be recorded: the native library was built without CUDA's headers");
  });
}

GT_EXPORT void* gt_cuda_graph_begin(int32_t, const uint64_t*) { return nullptr; }

GT_EXPORT int32_t gt_cuda_graph_end(void*) { return 0; }

GT_EXPORT int32_t gt_cuda_graph_launch(void*) { return 0; }

GT_EXPORT void gt_cuda_graph_release(void*) {}

#endif
