// What a step frees, the next one allocates again. Left to itself glibc maps every block of more than some hundred kilobytes
// anew and gives free memory back at once: then each step of an ensemble meets all its activations as fresh pages, and
// spends a sixth of its time in the kernel, faulting and clearing them.
#if __has_include(<features.h>)
#include <features.h>
#endif

#ifdef __GLIBC__
#include <malloc.h>

namespace {

constexpr int kLargestHeapBlock = 32 << 20;  // the most that glibc takes; larger blocks are still mapped each
constexpr int kKeptFree = 1 << 30;

// When the library is loaded, before libtorch allocates through it.
[[maybe_unused]] const bool kept = mallopt(M_MMAP_THRESHOLD, kLargestHeapBlock) != 0 && mallopt(M_TRIM_THRESHOLD, kKeptFree) != 0;

}  // namespace
#endif
