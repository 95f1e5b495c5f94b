// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/error.h"

namespace rest::training {

/// Training has produced NaN or infinity: thrown by train_epoch() for the batch in which it happened. The weights are
/// then useless.
class Diverged : public Error {
  public:
    Diverged(const std::string& message, std::vector<int64_t> videos)
        : Error(ErrorCode::diverged, message, "Lower learning_rate and go on from the last checkpoint."),
          videos_(std::move(videos)) {}

    /// The batch's examples, by TrainExample::video.
    const std::vector<int64_t>& videos() const { return videos_; }

  private:
    std::vector<int64_t> videos_;
};

}  // namespace rest::training
