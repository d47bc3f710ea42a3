// One binary for every x86 processor: each runs the clone of a loop that fits it. Elsewhere the plain code is used.
#pragma once

#if defined(__x86_64__) && defined(__gnu_linux__)
#define GT_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define GT_CLONES
#endif

// Inlined whatever its size: a body that stays outside would be compiled once, for the oldest processor.
#define GT_BODY __attribute__((always_inline)) inline
