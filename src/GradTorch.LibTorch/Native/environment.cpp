// The process: errors, versions, threads, denormals, generators.
#include "abi.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <cstring>

namespace gt {

static thread_local std::string last_error;

void set_error(const char* message) { last_error = message; }

}  // namespace gt

using namespace gt;

// The message of this thread's last failure; valid until the next one.
GT_EXPORT const char* gt_last_error() { return last_error.c_str(); }

GT_EXPORT const char* gt_version_text() { return TORCH_VERSION; }

GT_EXPORT int32_t gt_get_num_threads() { return at::get_num_threads(); }

GT_EXPORT int32_t gt_set_num_threads(int32_t count) {
  return checked([&] { at::set_num_threads(count); });
}

GT_EXPORT int32_t gt_get_num_interop_threads() { return at::get_num_interop_threads(); }

GT_EXPORT int32_t gt_set_num_interop_threads(int32_t count) {
  return checked([&] { at::set_num_interop_threads(count); });
}

// Of the calling thread; 0 when the processor can't.
GT_EXPORT int32_t gt_set_flush_denormal(int32_t on) { return at::globalContext().setFlushDenormal(on != 0); }

// libtorch's own account of how it was built and what it uses; valid until the thread's next call of this.
GT_EXPORT const char* gt_show_config() {
  return guarded<const char*>(nullptr, [] {
    static thread_local std::string text;
    text = at::show_config();
    return text.c_str();
  });
}

GT_EXPORT int32_t gt_manual_seed(uint64_t seed) {
  return checked([&] { at::manual_seed(seed); });
}

GT_EXPORT void* gt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto device = c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    if (device.is_cpu()) return new at::Generator(at::make_generator<at::CPUGeneratorImpl>(seed));
    TORCH_CHECK(device.is_cuda(), "a generator lives on the CPU or on a CUDA device");
    auto generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return new at::Generator(generator);
  });
}

GT_EXPORT void* gt_generator_default(int32_t device_type, int32_t device_index) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto device = c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    return new at::Generator(at::globalContext().defaultGenerator(device));
  });
}

GT_EXPORT void gt_generator_release(void* generator) { delete static_cast<at::Generator*>(generator); }

GT_EXPORT int32_t gt_generator_set_seed(void* generator, uint64_t seed) {
  return checked([&] {
    auto& target = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_current_seed(seed);
  });
}

GT_EXPORT uint64_t gt_generator_initial_seed(void* generator) {
  return static_cast<at::Generator*>(generator)->current_seed();
}

GT_EXPORT uint64_t gt_generator_seed(void* generator) {
  auto& target = *static_cast<at::Generator*>(generator);
  std::lock_guard<std::mutex> lock(target.mutex());
  return target.seed();
}

GT_EXPORT Handle gt_generator_get_state(void* generator) {
  return guarded<Handle>(nullptr, [&] {
    auto& source = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(source.mutex());
    return give(source.get_state());
  });
}

GT_EXPORT int32_t gt_generator_set_state(void* generator, Handle state) {
  return checked([&] {
    auto& target = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_state(borrow(state));
  });
}
