#include "device_code.h"

#include "abi.h"
#include "cuda_driver.h"

#ifdef GT_CUDA
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <map>
#include <mutex>
#endif

namespace gt {

#ifdef GT_CUDA

namespace {

// What is needed of NVRTC and of the driver.
struct Compiler {
  int (*create)(void** program, const char* source, const char* name, int, const char* const*, const char* const*) = nullptr;
  int (*compile)(void* program, int options, const char* const* option) = nullptr;
  int (*log_size)(void* program, size_t* size) = nullptr;
  int (*log)(void* program, char* text) = nullptr;
  int (*binary_size)(void* program, size_t* size) = nullptr;
  int (*binary)(void* program, char* image) = nullptr;
  int (*destroy)(void** program) = nullptr;
  int (*attribute)(int* value, int attribute, int device) = nullptr;
  int (*load)(void** module, const void* image) = nullptr;
  int (*function)(void** function, void* module, const char* name) = nullptr;
  int (*run)(void* function, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned shared, void* stream, void** arguments,
             void** extra) = nullptr;
  bool complete = true;

  Compiler() {
    find(create, "nvrtcCreateProgram");
    find(compile, "nvrtcCompileProgram");
    find(log_size, "nvrtcGetProgramLogSize");
    find(log, "nvrtcGetProgramLog");
    find(binary_size, "nvrtcGetCUBINSize");
    find(binary, "nvrtcGetCUBIN");
    find(destroy, "nvrtcDestroyProgram");
    find(attribute, "cuDeviceGetAttribute");
    find(load, "cuModuleLoadData");
    find(function, "cuModuleGetFunction");
    find(run, "cuLaunchKernel");
  }

  template <typename Function>
  void find(Function& place, const char* name) {
    place = reinterpret_cast<Function>(driver_symbol(name));
    complete &= place != nullptr;
  }
};

const Compiler& compiler() {
  static const Compiler found;
  return found;
}

std::string architecture(int device) {
  constexpr int kMajor = 75, kMinor = 76;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_…
  int major = 0, minor = 0;
  TORCH_CHECK(compiler().attribute(&major, kMajor, device) == 0 && compiler().attribute(&minor, kMinor, device) == 0,
              "the compute capability of CUDA device ", device, " can't be told");
  return "--gpu-architecture=sm_" + std::to_string(major) + std::to_string(minor);
}

std::vector<char> compile(const DeviceCode& code, int device) {
  auto& nvrtc = compiler();
  void* program = nullptr;
  auto source = kElements + code.preamble + code.source;
  TORCH_CHECK(nvrtc.create(&program, source.c_str(), code.title, 0, nullptr, nullptr) == 0, "NVRTC takes no source: ", code.title);
  std::vector<std::string> texts{architecture(device), "--std=c++17"};
  for (auto& definition : code.definitions) texts.push_back("-D" + definition);
  std::vector<const char*> options;
  for (auto& text : texts) options.push_back(text.c_str());
  bool failed = nvrtc.compile(program, static_cast<int>(options.size()), options.data()) != 0;
  size_t size = 0;
  std::string log;
  if (failed && nvrtc.log_size(program, &size) == 0) {
    log.resize(size);
    nvrtc.log(program, log.data());
  }
  std::vector<char> image;
  failed |= nvrtc.binary_size(program, &size) != 0;
  if (!failed) {
    image.resize(size);
    failed = nvrtc.binary(program, image.data()) != 0;
  }
  nvrtc.destroy(&program);
  TORCH_CHECK(!failed, "NVRTC does not compile ", code.title, " for ", texts[0], ": ", log.substr(0, 2000));
  return image;
}

void* load(const DeviceCode& code, const char* kernel, int device) {
  static std::mutex mutex;
  static std::map<std::string, void*> modules, functions;
  std::lock_guard<std::mutex> lock(mutex);
  auto key = std::to_string(device) + code.title;
  for (auto& definition : code.definitions) key += " " + definition;
  key += code.preamble;
  auto& function = functions[key + " " + kernel];
  if (function != nullptr) return function;
  auto& module = modules[key];
  if (module == nullptr)
    TORCH_CHECK(compiler().load(&module, compile(code, device).data()) == 0, "CUDA device ", device, " does not load ", code.title);
  TORCH_CHECK(compiler().function(&function, module, kernel) == 0, code.title, " has no kernel ", kernel);
  return function;
}

}  // namespace

bool compiles_for(const c10::Device& device) { return device.is_cuda() && compiler().complete; }

void launch(const DeviceCode& code, const char* kernel, const c10::Device& device, const Launch& shape, std::vector<void*> arguments) {
  c10::cuda::CUDAGuard guard(device);
  auto function = load(code, kernel, device.index());
  auto stream = c10::cuda::getCurrentCUDAStream(device.index()).stream();
  auto failed = compiler().run(function, static_cast<unsigned>(shape.blocks), static_cast<unsigned>(shape.members),
                               static_cast<unsigned>(shape.layers), static_cast<unsigned>(shape.threads), 1, 1,
                               static_cast<unsigned>(shape.shared), stream, arguments.data(), nullptr);
  TORCH_CHECK(failed == 0, "CUDA device ", device.index(), " does not run ", kernel, " (error ", failed, ")");
}

#else

bool compiles_for(const c10::Device&) { return false; }

void launch(const DeviceCode& code, const char*, const c10::Device&, const Launch&, std::vector<void*>) {
  TORCH_CHECK(false, code.title, ": the native library was built without CUDA's headers");
}

#endif

}  // namespace gt

bool gt::launches_on(const c10::Device& device, int64_t members) {
  constexpr int64_t kMostMembers = 65535;
  return members <= kMostMembers && compiles_for(device);
}

// Whether kernels of our own can be compiled for a CUDA device.
GT_EXPORT int32_t gt_cuda_compiles(int32_t index) {
  return gt::guarded<int32_t>(0, [&]() -> int32_t {
    return gt::compiles_for(c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index)));
  });
}
