// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace rest::training {

struct ClipFeedSettings {
    std::vector<int64_t> sizes;       // clips of each batch, in order
    std::vector<int64_t> clip_shape;  // of one clip: (T, 3, S, S)
    torch::Device device = torch::kCPU;
    bool ahead = true;  // the next batch is loaded by a thread meanwhile; false: loaded within next()
};

/// Batches of clips on a device, in order; the next one is loaded and copied while the caller works on this one.
///
/// All memory is allocated at construction: two batches on the host (pinned if there is a device to copy to) and two on
/// the device; one thread and one stream serve all batches. The copies wait for the work that the caller has queued on
/// the buffer they overwrite, so the caller need not synchronise. Constructed, used and destroyed by one thread; `load`
/// runs on another. The destructor waits for a load in progress.
class ClipFeed {
  public:
    /// Writes batch i to `to`, contiguous (sizes[i], T, 3, S, S) uint8 on the CPU.
    using Load = std::function<void(int64_t batch, const torch::Tensor& to)>;

    /// Throws what LibTorch throws if there is no memory for the buffers.
    ClipFeed(ClipFeedSettings settings, Load load);
    ~ClipFeed();
    ClipFeed(const ClipFeed&) = delete;
    ClipFeed& operator=(const ClipFeed&) = delete;

    /// The next batch on the device, (sizes[i], T, 3, S, S) uint8, to be used on the calling thread's current stream;
    /// valid until the next call. Throws what `load` threw for it, and again for later ones. Must not be called more
    /// often than there are batches.
    torch::Tensor next();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::training
