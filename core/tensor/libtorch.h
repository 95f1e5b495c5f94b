// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// LibTorch's tensors, their operations and autograd: all that this project uses of <torch/torch.h>, which adds modules,
// optimisers, data loaders and TorchScript. Including the latter doubles a source's compile time.
#ifndef Q_MOC_RUN  // moc, which is run on the tests, takes half a minute for these and finds nothing
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <torch/version.h>
#endif
