// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels::cuda {

/// The type of what a kernel's untyped pointers point to.
enum class Number { float32, bfloat16 };

}  // namespace rest::kernels::cuda
