#include "cuda_driver.h"

#include "abi.h"

#include <ATen/Context.h>

#include <algorithm>
#include <dlfcn.h>

namespace gt {
namespace {

std::string beside_libtorch(const char* name) {
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(&at::globalContext), &info) == 0 || info.dli_fname == nullptr) return name;
  std::string path = info.dli_fname;
  return path.substr(0, path.rfind('/') + 1) + name;
}

// It lies beside a libtorch with CUDA, and depends on both.
void* library() {
  static void* const found = [] {
    auto name = "libcaffe2_nvrtc.so";
    auto opened = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    return opened != nullptr ? opened : dlopen(beside_libtorch(name).c_str(), RTLD_NOW | RTLD_LOCAL);
  }();
  return found;
}

void copy(const char* text, char* room, int32_t size) {
  auto length = std::min<size_t>(std::char_traits<char>::length(text), static_cast<size_t>(size) - 1);
  std::copy_n(text, length, room);
  room[length] = 0;
}

}  // namespace

void* driver_symbol(const char* name) { return library() == nullptr ? nullptr : dlsym(library(), name); }

}  // namespace gt

using namespace gt;

// The model of a CUDA device, as "NVIDIA H200"; empty where it can't be told.
GT_EXPORT int32_t gt_cuda_device_name(int32_t index, char* room, int32_t size) {
  return checked([&] {
    auto name_of = reinterpret_cast<int (*)(char*, int, int)>(driver_symbol("cuDeviceGetName"));
    char name[256] = "";
    if (name_of == nullptr || name_of(name, sizeof name, index) != 0) name[0] = 0;
    copy(name, room, size);
  });
}

// The version of NVIDIA's driver, as "580.159.04"; empty where it can't be told.
GT_EXPORT int32_t gt_cuda_driver_version(char* room, int32_t size) {
  return checked([&] {
    char version[96] = "";
    if (auto management = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL)) {
      auto begin = reinterpret_cast<int (*)()>(dlsym(management, "nvmlInit_v2"));
      auto ask = reinterpret_cast<int (*)(char*, unsigned)>(dlsym(management, "nvmlSystemGetDriverVersion"));
      auto end = reinterpret_cast<int (*)()>(dlsym(management, "nvmlShutdown"));
      if (begin != nullptr && ask != nullptr && end != nullptr && begin() == 0) {
        if (ask(version, sizeof version) != 0) version[0] = 0;
        end();
      }
    }
    copy(version, room, size);
  });
}
