// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <string>
#include <vector>

namespace rest::app {

/// What a measurement or a difference may depend on, one line each: LibTorch, the CUDA and cuDNN it was built for and
/// those that were loaded, the device's name, OpenMP runtimes. A second OpenMP runtime in the process, or a loaded
/// library other than the one LibTorch was built for, is a line that starts with "warning:".
std::vector<std::string> machine_lines(torch::Device device);

}  // namespace rest::app
