#include "optimizers_device.h"

#include "device_code.h"

namespace gt {
namespace {

// An element's arithmetic is that of optimizers.cpp.
constexpr char kSource[] = R"cuda(
struct Place {
  T *weight, *gradient;
  const double* factors;
  const Count* ends;
  const double* rates;
  const bool* alive;
  Count count;
  int ranges;

  __device__ Count index() const { return (Count)blockIdx.x * blockDim.x + threadIdx.x; }

  // Takes an element's gradient, scaled, and leaves it 0; false where there is nothing to do.
  __device__ bool take(T& scaled) const {
    Count i = index();
    if (i >= count) return false;
    Count at = blockIdx.y * count + i;
    T found = gradient[at];
    gradient[at] = 0;
    if (!alive[blockIdx.y]) return false;
    scaled = factor(i) * found;
    return true;
  }

  __device__ T factor(Count i) const {
    if (factors == nullptr) return 1;
    int low = 0, high = ranges - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (i < ends[middle]) high = middle;
      else low = middle + 1;
    }
    return (T)factors[(Count)blockIdx.y * ranges + low];
  }
};

extern "C" __global__ void sgd(Place place, T* velocity, double momentum, double decay, int nesterov) {
  T d;
  if (!place.take(d)) return;
  Count at = blockIdx.y * place.count + place.index();
  T w = place.weight[at], mu = (T)momentum;
  d += (T)decay * w;
  if (velocity != nullptr) {
    T u = mu * velocity[at] + d;
    velocity[at] = u;
    d = nesterov ? d + mu * u : u;
  }
  place.weight[at] = w - (T)place.rates[blockIdx.y] * d;
}

extern "C" __global__ void adam(Place place, T* first, T* second, const Count* steps, double beta1, double beta2, double epsilon,
                                double decay, int decoupled) {
  __shared__ double corrections[2];
  if (threadIdx.x == 0) {
    corrections[0] = 1 - pow(beta1, (double)*steps);
    corrections[1] = 1 / sqrt(1 - pow(beta2, (double)*steps));
  }
  __syncthreads();
  T d;
  if (!place.take(d)) return;
  Count at = blockIdx.y * place.count + place.index();
  T w = place.weight[at], rate = (T)place.rates[blockIdx.y];
  if (!decoupled) d += (T)decay * w;
  T m = (T)beta1 * first[at] + (T)(1 - beta1) * d;
  T v = (T)beta2 * second[at] + (T)(1 - beta2) * d * d;
  first[at] = m;
  second[at] = v;
  T kept = decoupled ? 1 - rate * (T)decay : (T)1;
  place.weight[at] = kept * w - rate / (T)corrections[0] * m / (sqrt(v) * (T)corrections[1] + (T)epsilon);
}

extern "C" __global__ void rmsprop(Place place, T* square, T* mean, T* buffer, double alpha, double epsilon, double momentum,
                                   double decay) {
  T d;
  if (!place.take(d)) return;
  Count at = blockIdx.y * place.count + place.index();
  T w = place.weight[at];
  d += (T)decay * w;
  T spread = (T)alpha * square[at] + (T)(1 - alpha) * d * d;
  square[at] = spread;
  if (mean != nullptr) {
    T average = (T)alpha * mean[at] + (T)(1 - alpha) * d;
    mean[at] = average;
    spread -= average * average;
    spread = spread < 0 ? (T)0 : spread;  // rounding makes it negative where gradients are nearly constant
  }
  T step = d / (sqrt(spread) + (T)epsilon);
  if (buffer != nullptr) {
    step = (T)momentum * buffer[at] + step;
    buffer[at] = step;
  }
  place.weight[at] = w - (T)place.rates[blockIdx.y] * step;
}
)cuda";

// As the kernels have it.
struct Place {
  void *weight, *gradient;
  void *factors, *ends, *rates, *alive;
  int64_t count;
  int32_t ranges;
};

void* pointer(const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr() : nullptr; }

void run(const char* kernel, const Step& step, std::vector<void*> arguments) {
  constexpr int64_t kThreads = 256;
  if (step.weight.numel() == 0) return;
  Place place{pointer(step.weight), pointer(step.gradient), pointer(step.factors), pointer(step.ends), pointer(step.rates),
              pointer(step.alive), step.count(), static_cast<int32_t>(step.ranges())};
  arguments.insert(arguments.begin(), &place);
  DeviceCode code{"optimisers", kSource, {element_of(step.weight.scalar_type() == at::kDouble)}};
  launch(code, kernel, step.weight.device(), {(step.count() + kThreads - 1) / kThreads, step.members(), kThreads}, arguments);
}

}  // namespace

void sgd_on_device(const Step& step, const at::Tensor& velocity, double momentum, double decay, bool nesterov) {
  auto v = pointer(velocity);
  int32_t look_ahead = nesterov;
  run("sgd", step, {&v, &momentum, &decay, &look_ahead});
}

void adam_on_device(const Step& step, const at::Tensor& first, const at::Tensor& second, const at::Tensor& steps, double beta1,
                    double beta2, double epsilon, double decay, bool decoupled) {
  auto m = pointer(first), v = pointer(second), t = pointer(steps);
  int32_t apart = decoupled;
  run("adam", step, {&m, &v, &t, &beta1, &beta2, &epsilon, &decay, &apart});
}

void rmsprop_on_device(const Step& step, const at::Tensor& square, const at::Tensor& mean, const at::Tensor& buffer, double alpha,
                       double epsilon, double momentum, double decay) {
  auto s = pointer(square), average = pointer(mean), b = pointer(buffer);
  run("rmsprop", step, {&s, &average, &b, &alpha, &epsilon, &momentum, &decay});
}

}  // namespace gt
