// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels {

/// False if the environment sets REST_KERNELS=off: CUDA devices then run LibTorch's operations, for comparison with
/// ours.
bool own_kernels_wanted();

}  // namespace rest::kernels
