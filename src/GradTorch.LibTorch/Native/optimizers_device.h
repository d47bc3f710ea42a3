// Optimiser steps on a CUDA device: one kernel each, whatever the depth of the network.
#pragma once

#include "optimizers.h"

namespace gt {

void sgd_on_device(const Step& step, const at::Tensor& velocity, double momentum, double decay, bool nesterov);

// `steps` is int64 (1) on the device.
void adam_on_device(const Step& step, const at::Tensor& first, const at::Tensor& second, const at::Tensor& steps, double beta1,
                    double beta2, double epsilon, double decay, bool decoupled);

void rmsprop_on_device(const Step& step, const at::Tensor& square, const at::Tensor& mean, const at::Tensor& buffer, double alpha,
                       double epsilon, double momentum, double decay);

}  // namespace gt
