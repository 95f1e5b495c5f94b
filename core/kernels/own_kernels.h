// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels {

/// False when the environment says REST_KERNELS=off: CUDA devices then run LibTorch's operations, to compare with ours.
bool own_kernels_wanted();

}  // namespace rest::kernels
