// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>

namespace rest::training {

/// True for exceptions of LibTorch and the C++ library for lack of memory, on the device or on the host. LibTorch has a
/// type for it only on CUDA, and under names that changed, so the message is examined.
bool is_out_of_memory(const std::exception& error);

}  // namespace rest::training
