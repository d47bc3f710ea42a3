// The kernels of dense layers on a CUDA device. UNITS is their width, GATE a Gate; SURROGATE says whether there is a function `slope` of
// what enters the gate, that backward multiplies by.
#pragma once

namespace gt {

// As the kernels have it: a layer, and what lies where. Every tensor but weights and biases is (S, B, UNITS) in one piece.
struct DeviceLayer {
  const void *weight, *bias;
  void *weight_gradient, *bias_gradient;
  const void* input;  // null where weights are seen to elsewhere
  void *state, *next, *entering;  // as Layer has them; null for none
  void *delta, *total, *carried;  // ∂L/∂(x W + b); ∂L/∂g and ∂L/∂ what enters g where they are recorded
  long long weight_stride, bias_stride, weight_gradient_stride, bias_gradient_stride;  // from member to member
  double scale;
  int join;
};

// A number of each member.
struct DeviceNumbers {
  const double* of;  // null where all have the same
  double all;
};

constexpr char kDenseSource[] = R"cuda(
struct Layer {
  const T *weight, *bias;
  T *weight_gradient, *bias_gradient;
  const T* input;
  T *state, *next, *entering;
  T *delta, *total, *carried;
  Count weight_stride, bias_stride, weight_gradient_stride, bias_gradient_stride;
  double scale;
  int join;
};

struct Numbers {
  const double* of;
  double all;

  __device__ T own() const { return (T)(of == nullptr ? all : of[blockIdx.y]); }
};

// g of a product with its bias, at one place; returns what goes on to the next layer. `path` is the skip path there.
__device__ T onward(const Layer& layer, T z, Count at, T& path, T parameter) {
  T scale = (T)layer.scale;
  if (layer.join == 1) z = path = path + scale * z;
  if (layer.entering != nullptr) layer.entering[at] = z;
  T h = gate(z, parameter);
  layer.state[at] = h;
  if (layer.join != 2) return h;
  path += scale * h;
  layer.next[at] = path;
  return path;
}

// δ from the gradient of what goes on; `path` is the gradient on the skip path.
__device__ T back(const Layer& layer, T total, Count at, T& path, T parameter, T slope_parameter) {
  T scale = (T)layer.scale;
  if (layer.join == 2) {
    path += total;
    total = path * scale;
  }
#if SURROGATE
  T entering = total * slope(layer.entering[at], slope_parameter);
#else
  T entering = through(total, layer.state[at], parameter);
#endif
  T delta = entering;
  if (layer.join == 1) {
    path += entering;
    entering = path;
    delta = path * scale;
  }
  layer.delta[at] = delta;
  if (layer.total != nullptr) layer.total[at] = total;
  if (layer.carried != nullptr) layer.carried[at] = entering;
  return delta;
}

#if NARROW
// All layers in one kernel. A thread has a column of four examples; what they pass on to the next layer lies in shared memory, example
// beside example, and the next layer's weights of the column are fetched while there is something else to do.
constexpr int COLUMNS = (UNITS + 31) / 32 * 32;

struct __align__(4 * sizeof(T)) Four { T of[4]; };

struct Place {
  int group, groups, own;
  bool mine;
  int rows;
  Count at;

  __device__ Place(Count batch) {
    int column = threadIdx.x % COLUMNS;
    group = threadIdx.x / COLUMNS;
    groups = blockDim.x / COLUMNS;
    mine = column < UNITS;
    own = mine ? column : UNITS - 1;
    Count row = ((Count)blockIdx.x * groups + group) * 4, left = batch - row;
    rows = !mine || left < 0 ? 0 : left < 4 ? (int)left : 4;
    at = (blockIdx.y * batch + row) * UNITS + own;
  }

  __device__ Four load(const T* from) const {
    Four values;
#pragma unroll
    for (int r = 0; r < 4; r++) values.of[r] = r < rows && from != nullptr ? from[at + r * UNITS] : (T)0;
    return values;
  }

  __device__ void store(T* to, const Four& values) const {
    if (to == nullptr) return;
#pragma unroll
    for (int r = 0; r < 4; r++)
      if (r < rows) to[at + r * UNITS] = values.of[r];
  }
};

struct Weights {
  T of[UNITS];

  __device__ void load(const T* matrix, const Place& place) {
#pragma unroll
    for (int k = 0; k < UNITS; k++) of[k] = matrix[k * UNITS + place.own];
  }

  __device__ Four product(const Four* tile, const Place& place) const {
    Four sum{};
#pragma unroll
    for (int k = 0; k < UNITS; k++) {
      Four x = tile[k * place.groups + place.group];
#pragma unroll
      for (int r = 0; r < 4; r++) sum.of[r] += x.of[r] * of[k];
    }
    return sum;
  }
};

// Two tiles in turn, so that one wait a layer is enough.
struct Tiles {
  Four* tiles;
  int turn;

  __device__ Tiles(char* room) : tiles((Four*)room), turn(0) {}

  __device__ const Four* pass(const Four& values, const Place& place) {
    Four* tile = tiles + turn * UNITS * place.groups;
    turn ^= 1;
    if (place.mine) tile[place.own * place.groups + place.group] = values;
    __syncthreads();
    return tile;
  }
};

struct AllLayers { Layer of[MOST_LAYERS]; };

// `before` is what the first layer takes; null where its product lies in its state already.
extern "C" __global__ void __launch_bounds__(256) forward(AllLayers all, int count, const T* before, T* path, Numbers parameters, Count batch) {
  extern __shared__ __align__(32) char room[];
  Place place(batch);
  Tiles tiles(room);
  T parameter = parameters.own();
  Four stream = place.load(path), h = place.load(before == nullptr ? all.of[0].state : before);
  Weights weights;
  for (int n = 0; n < count; n++) {
    const Layer& layer = all.of[n];
    if (n > 0 || before != nullptr) {
      if (n == 0) weights.load(layer.weight + blockIdx.y * layer.weight_stride, place);
      h = weights.product(tiles.pass(h, place), place);
    }
    if (n + 1 < count) weights.load(all.of[n + 1].weight + blockIdx.y * all.of[n + 1].weight_stride, place);
    T bias = layer.bias[blockIdx.y * layer.bias_stride + place.own];
#pragma unroll
    for (int r = 0; r < 4; r++)
      if (r < place.rows) h.of[r] = onward(layer, h.of[r] + bias, place.at + r * UNITS, stream.of[r], parameter);
  }
  place.store(path, stream);
}

// `turned` are the layers' weights, turned, as `turn` leaves them. `down` takes the gradient of what the first layer takes, if it is not
// null.
extern "C" __global__ void __launch_bounds__(256) backward(AllLayers all, int count, const T* turned, const T* gradient, T* path, T* down,
                                                           Numbers parameters, Numbers slope_parameters, Count batch) {
  extern __shared__ __align__(32) char room[];
  Place place(batch);
  Tiles tiles(room);
  T parameter = parameters.own(), slope_parameter = slope_parameters.own();
  Four stream = place.load(path), flowing = place.load(gradient);
  int least = down == nullptr ? 1 : 0;  // whose weights a gradient goes through
  Weights weights;
  for (int n = count - 1; n >= 0; n--) {
    if (n >= least) weights.load(turned + ((Count)n * gridDim.y + blockIdx.y) * UNITS * UNITS, place);
#pragma unroll
    for (int r = 0; r < 4; r++)
      if (r < place.rows) flowing.of[r] = back(all.of[n], flowing.of[r], place.at + r * UNITS, stream.of[r], parameter, slope_parameter);
    if (n >= least) flowing = weights.product(tiles.pass(flowing, place), place);
  }
  place.store(down, flowing);
  place.store(path, stream);
}

// Weights with their rows as columns, layer by layer and member by member, in pieces of 32 x 32.
extern "C" __global__ void turn(AllLayers all, T* turned) {
  __shared__ T piece[32][33];
  constexpr int kPieces = COLUMNS / 32;
  const Layer& layer = all.of[blockIdx.z];
  const T* from = layer.weight + blockIdx.y * layer.weight_stride;
  T* to = turned + ((Count)blockIdx.z * gridDim.y + blockIdx.y) * UNITS * UNITS;
  int i = blockIdx.x / kPieces * 32, j = blockIdx.x % kPieces * 32, x = threadIdx.x % 32, y = threadIdx.x / 32;
  for (int r = y; r < 32; r += 8)
    if (i + r < UNITS && j + x < UNITS) piece[r][x] = from[(i + r) * UNITS + j + x];
  __syncthreads();
  for (int r = y; r < 32; r += 8)
    if (j + r < UNITS && i + x < UNITS) to[(j + r) * UNITS + i + x] = piece[x][r];
}

// Adds the products of what a layer takes with its δ to the gradient of its weights, and δ itself to that of its biases.
constexpr int kEach = UNITS > 32 ? 4 : 2, kSide = 16 * kEach, kSpan = 16;

extern "C" __global__ void __launch_bounds__(256) weight_gradients(AllLayers all, Count batch) {
  __shared__ T inputs[kSpan][kSide], deltas[kSpan][kSide];
  constexpr int kPieces = (UNITS + kSide - 1) / kSide;
  const Layer& layer = all.of[blockIdx.z];
  int i0 = blockIdx.x / kPieces * kSide, j0 = blockIdx.x % kPieces * kSide, i = threadIdx.x / 16 * kEach, j = threadIdx.x % 16 * kEach;
  if (layer.input == nullptr && i0 > 0) return;
  T sum[kEach][kEach] = {}, biases[kEach] = {};
  for (Count b = 0; b < batch; b += kSpan) {
    for (int at = threadIdx.x; at < kSpan * kSide; at += 256) {
      int k = at / kSide, column = at % kSide;
      Count row = (blockIdx.y * batch + b + k) * UNITS;
      bool inside = b + k < batch;
      inputs[k][column] = inside && layer.input != nullptr && i0 + column < UNITS ? layer.input[row + i0 + column] : (T)0;
      deltas[k][column] = inside && j0 + column < UNITS ? layer.delta[row + j0 + column] : (T)0;
    }
    __syncthreads();
#pragma unroll
    for (int k = 0; k < kSpan; k++) {
#pragma unroll
      for (int v = 0; v < kEach; v++) {
        biases[v] += deltas[k][j + v];
#pragma unroll
        for (int u = 0; u < kEach; u++) sum[u][v] += inputs[k][i + u] * deltas[k][j + v];
      }
    }
    __syncthreads();
  }
  T* weights = layer.weight_gradient + blockIdx.y * layer.weight_gradient_stride;
  for (int u = 0; u < kEach; u++)
    for (int v = 0; v < kEach; v++)
      if (layer.input != nullptr && i0 + i + u < UNITS && j0 + j + v < UNITS) weights[(i0 + i + u) * UNITS + j0 + j + v] += sum[u][v];
  if (i0 > 0 || i > 0) return;
  for (int v = 0; v < kEach; v++)
    if (j0 + j + v < UNITS) layer.bias_gradient[blockIdx.y * layer.bias_gradient_stride + j0 + j + v] += biases[v];
}
#else
// What happens between the products of a layer, whose products are libtorch's.
extern "C" __global__ void forward(Layer layer, T* path, Numbers parameters, Count count) {
  T parameter = parameters.own(), nothing = 0;
  for (Count i = (Count)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += (Count)gridDim.x * blockDim.x) {
    Count at = blockIdx.y * count + i;
    T bias = layer.bias[blockIdx.y * layer.bias_stride + i % UNITS];
    onward(layer, layer.state[at] + bias, at, path == nullptr ? nothing : path[at], parameter);
  }
}

extern "C" __global__ void backward(Layer layer, const T* gradient, T* path, Numbers parameters, Numbers slope_parameters, Count count) {
  T parameter = parameters.own(), slope_parameter = slope_parameters.own(), nothing = 0;
  for (Count i = (Count)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += (Count)gridDim.x * blockDim.x) {
    Count at = blockIdx.y * count + i;
    back(layer, gradient[at], at, path == nullptr ? nothing : path[at], parameter, slope_parameter);
  }
}
#endif

#if SURROGATE
struct Seen {
  const T* entering;
  double* place;
  Count stride;
};

struct AllSeen { Seen of[MOST_SEEN]; };

// The fraction of slopes that are saturated.
extern "C" __global__ void saturation(AllSeen all, Numbers slope_parameters, Numbers limits, Count count) {
  __shared__ int warps[32];
  const Seen& seen = all.of[blockIdx.z];
  T parameter = slope_parameters.own(), limit = limits.own();
  int found = 0;
  for (Count i = threadIdx.x; i < count; i += blockDim.x) found += fabs(slope(seen.entering[blockIdx.y * count + i], parameter)) <= limit;
  for (int offset = 16; offset > 0; offset /= 2) found += __shfl_down_sync(0xffffffff, found, offset);
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = found;
  __syncthreads();
  if (threadIdx.x != 0) return;
  for (int warp = 1; warp < blockDim.x / 32; warp++) found += warps[warp];
  seen.place[blockIdx.y * seen.stride] = (double)found / count;
}
#endif
)cuda";

}  // namespace gt
