// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>

namespace rest::training {

/// True for what LibTorch and the C++ library throw when memory cannot be had, on the device or on the host. LibTorch
/// has a type of its own for it on CUDA only, and under names that changed, so its words are looked at.
bool is_out_of_memory(const std::exception& error);

}  // namespace rest::training
