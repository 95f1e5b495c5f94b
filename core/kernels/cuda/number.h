// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels::cuda {

/// The dtype behind a kernel's untyped pointers.
enum class Number { float32, bfloat16 };

}  // namespace rest::kernels::cuda
