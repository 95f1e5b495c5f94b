// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

namespace rest::bench {

/// Waits until the device has finished all queued work.
inline void synchronise(torch::Device device) {
    if (device.is_cuda()) torch::cuda::synchronize(device.index());
}

}  // namespace rest::bench
