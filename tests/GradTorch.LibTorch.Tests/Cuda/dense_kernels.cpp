// The kernels of dense layers against plain loops in float64. MEMBERS nets of DEPTH layers of UNITS units take BATCH examples; blocks have
// GROUPS fours of examples each; JOIN says how a skip over every second layer joins, 0 for none.
#include "cuda_on_cpu.h"

#if SURROGATE
inline T slope(T z, T parameter) { return parameter / (1 + z * z); }
#endif

namespace kernels {
#include "kernels.inc"
}
using namespace kernels;

constexpr int kMembers = 2, kInputs = 23, kHalf = DEPTH / 2;
constexpr size_t kSize = (size_t)kMembers * BATCH * UNITS;                                                  // of (S, B, UNITS)
constexpr size_t kFirst = (size_t)kInputs * UNITS + UNITS, kLayer = (size_t)UNITS * UNITS + UNITS;          // parameters
constexpr size_t kParameters = kFirst + (DEPTH - 1) * kLayer + 3;                                           // of a member; 3 nobody has

int inputs(int n) { return n == 0 ? kInputs : UNITS; }
size_t weights(int n) { return n == 0 ? 0 : kFirst + (n - 1) * kLayer; }
size_t biases(int n) { return weights(n) + (size_t)inputs(n) * UNITS; }
int join(int n) { return n % 2 == 1 ? JOIN : 0; }

const double kGate[kMembers] = {1.3, 0.7}, kSlope[kMembers] = {1.1, 0.9}, kScale = 0.6;

double expected_gate(double z, int m) {
  switch (GATE) {
    case 1: return 1 / (1 + exp(-z));
    case 2: return tanh(kGate[m] * z);
    case 3: return z < 0 ? 0 : z;
    case 4: return z < 0 ? kGate[m] * z : z;
    default: return z;
  }
}

double expected_slope(double z, int m) {
  if (SURROGATE) return kSlope[m] / (1 + z * z);
  double h = expected_gate(z, m);
  switch (GATE) {
    case 1: return h * (1 - h);
    case 2: return kGate[m] * (1 - h * h);
    case 3: return z > 0;
    case 4: return z > 0 ? 1 : kGate[m];
    default: return 1;
  }
}

int main() {
  auto parameters = drawn(kMembers * kParameters, 1 / sqrt((double)UNITS));
  auto x = drawn((size_t)kMembers * BATCH * kInputs, 1), upstream = drawn(kSize, 1), skipped = drawn(kSize, 1);
  const T nobody = std::numeric_limits<T>::quiet_NaN();
  auto room = [&](size_t layers) { return std::vector<T>(layers * kSize, nobody); };
  auto state = room(DEPTH), entering = room(DEPTH), next = room(DEPTH), delta = room(DEPTH), total = room(DEPTH), carried = room(DEPTH);
  std::vector<T> gradients(kMembers * kParameters, 0), turned((size_t)DEPTH * kMembers * UNITS * UNITS, nobody);

  AllLayers all{}, lower{}, upper{}, turning{};
  for (int n = 0; n < DEPTH; n++) {
    Layer layer{};
    layer.weight = &parameters[weights(n)];
    layer.bias = &parameters[biases(n)];
    layer.weight_gradient = &gradients[weights(n)];
    layer.bias_gradient = &gradients[biases(n)];
    layer.weight_stride = layer.bias_stride = layer.weight_gradient_stride = layer.bias_gradient_stride = kParameters;
    if (n > 0) layer.input = join(n - 1) == 2 ? &next[(n - 1) * kSize] : &state[(n - 1) * kSize];
    layer.state = &state[n * kSize];
    if (join(n) == 2) layer.next = &next[n * kSize];
    if (SURROGATE) layer.entering = &entering[n * kSize];
    layer.delta = &delta[n * kSize];
    layer.total = &total[n * kSize];
    if (join(n) == 1) layer.carried = &carried[n * kSize];
    layer.scale = kScale;
    layer.join = join(n);
    all.of[n] = layer;
    (n < kHalf ? lower.of[n] : upper.of[n - kHalf]) = layer;
    if (n > 0) turning.of[n - 1] = layer;
  }

  // Forwards, by loops.
  std::vector<std::vector<double>> given(DEPTH), entered(DEPTH, std::vector<double>(kSize)), left(DEPTH, std::vector<double>(kSize));
  std::vector<double> flowing(x.begin(), x.end()), path(skipped.begin(), skipped.end());
  for (int n = 0; n < DEPTH; n++) {
    given[n] = flowing;
    std::vector<double> out(kSize);
    for (size_t at = 0; at < kSize; at++) {
      int m = at / (BATCH * UNITS), j = at % UNITS;
      size_t row = at / UNITS;
      double product = 0;
      for (int i = 0; i < inputs(n); i++)
        product += given[n][row * inputs(n) + i] * parameters[m * kParameters + weights(n) + (size_t)i * UNITS + j];
      if (n == 0) state[at] = (T)product;  // the first layer's products come from elsewhere
      double z = product + parameters[m * kParameters + biases(n) + j];
      if (join(n) == 1) z = path[at] += kScale * z;
      entered[n][at] = z;
      double h = left[n][at] = expected_gate(z, m);
      out[at] = join(n) == 2 ? path[at] += kScale * h : h;
    }
    flowing = out;
  }

  constexpr unsigned kColumns = (UNITS + 31) / 32 * 32, kFours = (BATCH + 3) / 4, kBlocks = (kFours + GROUPS - 1) / GROUPS;
  const Three whole{kBlocks, kMembers, 1};
  Numbers gates{kGate, 0}, slopes{kSlope, 0};
  auto stream = skipped;
  T* past = JOIN ? stream.data() : nullptr;
  cpu::launch(whole, GROUPS * kColumns, [&] { forward(lower, kHalf, nullptr, past, gates, BATCH); });
  cpu::launch(whole, GROUPS * kColumns, [&] { forward(upper, DEPTH - kHalf, upper.of[0].input, past, gates, BATCH); });
  Difference states;
  for (int n = 0; n < DEPTH; n++)
    for (size_t at = 0; at < kSize; at++) states.add(state[n * kSize + at], left[n][at]);
  states.say("states");

  std::vector<T> carry(kSize, 0), between(kSize, nobody);
  past = JOIN ? carry.data() : nullptr;
  constexpr unsigned kPieces = kColumns / 32, kSides = UNITS > 32 ? (UNITS + 63) / 64 : 1;
  const size_t square = (size_t)kMembers * UNITS * UNITS;
  cpu::launch({kPieces * kPieces, kMembers, DEPTH - 1}, 256, [&] { turn(turning, turned.data() + square); });
  cpu::launch(whole, GROUPS * kColumns, [&] {
    backward(upper, DEPTH - kHalf, turned.data() + kHalf * square, upstream.data(), past, between.data(), gates, slopes, BATCH);
  });
  cpu::launch(whole, GROUPS * kColumns, [&] { backward(lower, kHalf, turned.data(), between.data(), past, nullptr, gates, slopes, BATCH); });
  cpu::launch({kSides * kSides, kMembers, DEPTH}, 256, [&] { weight_gradients(all, BATCH); });

  // Backwards, by loops.
  Difference deltas, totals, carries, sums;
  std::vector<double> going(upstream.begin(), upstream.end()), back(kSize, 0), expected(kMembers * kParameters, 0);
  for (int n = DEPTH - 1; n >= 0; n--) {
    std::vector<double> down((size_t)kMembers * BATCH * inputs(n), 0);
    for (size_t at = 0; at < kSize; at++) {
      int m = at / (BATCH * UNITS), j = at % UNITS;
      size_t row = at / UNITS;
      double whole_of = going[at];
      if (join(n) == 2) whole_of = kScale * (back[at] += whole_of);
      double own = whole_of * expected_slope(entered[n][at], m);
      if (join(n) == 1) carries.add(carried[n * kSize + at], back[at] += own);
      if (join(n) == 1) own = kScale * back[at];
      totals.add(total[n * kSize + at], whole_of);
      deltas.add(delta[n * kSize + at], own);
      expected[m * kParameters + biases(n) + j] += own;
      for (int i = 0; i < inputs(n); i++) {
        size_t weight = m * kParameters + weights(n) + (size_t)i * UNITS + j;
        if (n > 0) expected[weight] += own * given[n][row * inputs(n) + i];
        down[row * inputs(n) + i] += own * parameters[weight];
      }
    }
    going = down;
  }
  for (size_t i = 0; i < expected.size(); i++) sums.add(gradients[i], expected[i]);
  deltas.say("deltas");
  totals.say("totals");
  carries.say("carries");
  sums.say("gradients");
#if SURROGATE
  double table[kMembers * 5] = {};
  AllSeen seen{};
  seen.of[0] = {entering.data(), table + 1, 5};
  cpu::launch({1, kMembers, 1}, 256, [&] { saturation(seen, slopes, Numbers{nullptr, 0.5}, (Count)BATCH * UNITS); });
  Difference fractions;
  for (int m = 0; m < kMembers; m++) {
    int found = 0;
    for (int at = 0; at < BATCH * UNITS; at++) found += expected_slope(entered[0][(size_t)m * BATCH * UNITS + at], m) <= 0.5;
    fractions.add(table[m * 5 + 1], (double)found / (BATCH * UNITS));
  }
  fractions.say("saturation");
#endif
}
