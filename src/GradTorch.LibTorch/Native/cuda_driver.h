// NVIDIA's driver and compiler, as far as libtorch brings or uses them: found at run time, because their headers and libraries
// do not come with every libtorch.
#pragma once

namespace gt {

// A function of the driver (cu…) or of NVRTC (nvrtc…), or null.
void* driver_symbol(const char* name);

}  // namespace gt
