// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// LibTorch's tensors, their operations and autograd: all that this project uses of <torch/torch.h>, which adds modules,
// optimisers, data loaders and TorchScript. A source that includes that one takes twice as long to compile.
#ifndef Q_MOC_RUN  // Qt's moc, which reads the tests, needs half a minute for these and finds nothing in them
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/cuda.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <torch/version.h>
#endif
