// Kernels of our own for a CUDA device, compiled for it when they are first needed: by NVRTC, which every libtorch with CUDA brings
// along. Without it, and without CUDA, operators do the work.
#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gt {

// Whether kernels can be compiled for the device.
bool compiles_for(const c10::Device& device);

// Whether they can be, and a launch can hold so many members: the second and third dimension of a grid end at 65,535.
bool launches_on(const c10::Device& device, int64_t members);

// CUDA C++ with one or more extern "C" kernels, and what it is specialised for.
struct DeviceCode {
  const char* title;
  const char* source;
  std::vector<std::string> definitions;  // as "WIDTH=64"
  std::string preamble = "";             // what comes before the source
};

struct Launch {
  int64_t blocks, members;  // the grid
  int64_t threads;
  int64_t layers = 1;  // its third dimension
  int64_t shared = 0;  // bytes of `extern __shared__`
};

// All arguments of a kernel together.
constexpr size_t kMostArgumentBytes = 4096;

// Elements and counts as kernels call them: ELEMENT is float or double.
constexpr char kElements[] = R"cuda(
typedef long long Count;
typedef ELEMENT T;
)cuda";

inline std::string element_of(bool wide) { return wide ? "ELEMENT=double" : "ELEMENT=float"; }

// Runs a kernel of the code on the current stream of the device. Arguments are pointers to values.
void launch(const DeviceCode& code, const char* kernel, const c10::Device& device, const Launch& shape, std::vector<void*> arguments);

}  // namespace gt
