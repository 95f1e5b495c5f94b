// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::kernels {

/// From now on large CPU tensors that are freed leave their memory to the next one of about their size, up to
/// `most_bytes` in waiting. Otherwise each layer's activations are given back to the system and asked for anew, page by
/// page, a tenth of a captioner's time. May be called again, from any thread; only the limit changes.
void reuse_cpu_blocks(int64_t most_bytes = int64_t{1} << 30);

/// Gives back what waits. Called by itself when memory is short.
void release_cpu_blocks();

/// Bytes in waiting.
int64_t waiting_cpu_bytes();

}  // namespace rest::kernels
