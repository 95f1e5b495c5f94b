// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace rest {

/// A CPU tensor on `device`, copied from pinned memory on a stream of its own, so that the device goes on with what other
/// threads have queued; returns when it is there. On the CPU the tensor itself. Any thread.
torch::Tensor copy_beside(const torch::Tensor& host, torch::Device device);

/// Tells the device's allocator that the calling thread's stream reads what copy_beside() gave, so that its memory serves no
/// other copy before that is done. Does nothing on the CPU.
void used_here(const torch::Tensor& copied);

}  // namespace rest
