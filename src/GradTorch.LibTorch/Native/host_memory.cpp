// What a step frees, the next one allocates again. Left to itself glibc maps every block of more than some hundred kilobytes
// anew and gives free memory back at once: then each step of an ensemble meets all its activations as fresh pages, and
// spends a sixth of its time in the kernel, faulting and clearing them. What the user has set, by MALLOC_… or GLIBC_TUNABLES,
// stays as it is.
#if __has_include(<features.h>)
#include <features.h>
#endif

#ifdef __GLIBC__
#include <malloc.h>

#include <cstdlib>
#include <cstring>

namespace {

constexpr int kLargestHeapBlock = 32 << 20;  // the most that glibc takes; larger blocks are still mapped each
constexpr int kKeptFree = 1 << 30;

void set_default(int parameter, int value, const char* variable, const char* tunable) {
  auto tunables = std::getenv("GLIBC_TUNABLES");
  if (!std::getenv(variable) && !(tunables && std::strstr(tunables, tunable))) mallopt(parameter, value);
}

// When the library is loaded, before libtorch allocates through it.
[[maybe_unused]] const bool done = [] {
  set_default(M_MMAP_THRESHOLD, kLargestHeapBlock, "MALLOC_MMAP_THRESHOLD_", "glibc.malloc.mmap_threshold=");
  set_default(M_TRIM_THRESHOLD, kKeptFree, "MALLOC_TRIM_THRESHOLD_", "glibc.malloc.trim_threshold=");
  return true;
}();

}  // namespace
#endif
