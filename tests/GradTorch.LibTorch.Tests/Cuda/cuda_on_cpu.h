// Runs kernels written for a CUDA device on the CPU, block after block: every thread of a block is a fiber that gives way where it would
// wait for the others. What it can't show is a wait that is missing.
#pragma once

#include <ucontext.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <vector>

using std::exp;
using std::fabs;
using std::fmax;
using std::isfinite;
using std::sqrt;
using std::tanh;

#define __global__
#define __device__
#define __shared__ static
#define __launch_bounds__(threads)
#define __align__(bytes) alignas(bytes)

struct Three {
  unsigned x, y, z;
};

inline Three threadIdx, blockIdx, blockDim, gridDim;
alignas(64) inline char shared_room[1 << 16];  // of `extern __shared__`

namespace cpu {

struct Fiber {
  ucontext_t context;
  std::vector<char> stack;
  bool done;
};

inline std::vector<Fiber> fibers(1024);
inline ucontext_t scheduler;
inline unsigned current;
inline std::function<void()> kernel;
inline uint64_t exchanged[1024];

inline void resume(unsigned thread) {
  current = thread;
  threadIdx = {thread, 0, 0};
  swapcontext(&scheduler, &fibers[thread].context);
}

inline void enter() {
  kernel();
  fibers[current].done = true;
  swapcontext(&fibers[current].context, &scheduler);
}

inline void run_block() {
  memset(shared_room, 0xAB, sizeof shared_room);  // what nobody wrote is no number to rely on
  for (unsigned thread = 0; thread < blockDim.x; thread++) {
    auto& fiber = fibers[thread];
    fiber.stack.resize(64 << 10);
    fiber.done = false;
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.data();
    fiber.context.uc_stack.ss_size = fiber.stack.size();
    fiber.context.uc_link = nullptr;
    makecontext(&fiber.context, enter, 0);
  }
  for (bool any = true; any;) {
    any = false;
    for (unsigned thread = 0; thread < blockDim.x; thread++) {
      if (!fibers[thread].done) resume(thread);
      any |= !fibers[thread].done;
    }
  }
}

inline void launch(Three grid, unsigned threads, std::function<void()> body) {
  gridDim = grid;
  blockDim = {threads, 1, 1};
  kernel = std::move(body);
  for (unsigned z = 0; z < grid.z; z++)
    for (unsigned y = 0; y < grid.y; y++)
      for (unsigned x = 0; x < grid.x; x++) {
        blockIdx = {x, y, z};
        run_block();
      }
}

}  // namespace cpu

inline void __syncthreads() { swapcontext(&cpu::fibers[cpu::current].context, &cpu::scheduler); }

inline int __syncthreads_or(int value) {
  static int any;
  any = 0;
  __syncthreads();
  any |= value;
  __syncthreads();
  int found = any;
  __syncthreads();
  return found;
}

inline void __threadfence() {}

template <typename Value>
Value __shfl_down_sync(unsigned, Value value, int offset) {
  auto thread = cpu::current;
  memcpy(&cpu::exchanged[thread], &value, sizeof value);
  __syncthreads();
  bool inside = thread % 32 + offset < 32;
  memcpy(&value, &cpu::exchanged[inside ? thread + offset : thread], sizeof value);
  __syncthreads();
  return value;
}

template <typename Number>
Number atomicAdd(Number* place, Number value) {
  Number before = *place;
  *place += value;
  return before;
}

inline unsigned long long atomicCAS(unsigned long long* place, unsigned long long expected, unsigned long long value) {
  auto before = *place;
  if (before == expected) *place = value;
  return before;
}

inline long long __double_as_longlong(double value) {
  long long bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline double __longlong_as_double(long long bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

typedef long long Count;
typedef ELEMENT T;

// Numbers of a normal distribution, always the same.
inline std::vector<T> drawn(size_t count, double size) {
  static std::mt19937 generator(1);
  std::normal_distribution<double> normal;
  std::vector<T> numbers(count);
  for (auto& number : numbers) number = static_cast<T>(size * normal(generator));
  return numbers;
}

// Says how far numbers are from what they should be, relative to 1; one that is not there is infinitely far.
struct Difference {
  double largest = 0;

  void add(double found, double expected) {
    double difference = fabs(found - expected) / fmax(1, fabs(expected));
    if (!(difference <= largest)) largest = std::isnan(difference) ? std::numeric_limits<double>::infinity() : difference;
  }

  void say(const char* name) const { printf("%s %g\n", name, largest); }
};
