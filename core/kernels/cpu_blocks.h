// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::kernels {

/// From now on the memory of large CPU tensors that are freed is reused for new tensors of about their size, keeping up
/// to `most_bytes` free. Otherwise each layer's activations are returned to the system and allocated again, page by
/// page, a tenth of a captioner's time. May be called again, from any thread; only the limit changes.
void reuse_cpu_blocks(int64_t most_bytes = int64_t{1} << 30);

/// Returns free blocks to the system. Called automatically if memory is short.
void release_cpu_blocks();

/// Bytes of free blocks.
int64_t waiting_cpu_bytes();

}  // namespace rest::kernels
