// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <string>
#include <vector>

namespace rest::app {

/// What a measurement or a difference may hang on, one line each: LibTorch, the CUDA and cuDNN it was built for and
/// those that were loaded, the device's name, OpenMP runtimes. A second OpenMP runtime in the process or a library
/// loaded that is not the one LibTorch was built for comes as a line that starts with "warning:".
std::vector<std::string> machine_lines(torch::Device device);

}  // namespace rest::app
