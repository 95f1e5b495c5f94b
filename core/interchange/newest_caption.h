// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "core/interchange/run_source.h"

namespace rest::interchange {

/// The newest thing a run says about a video: the best caption of its last step for training videos, the measured
/// epoch's prediction for the others.
class NewestCaptions {
  public:
    NewestCaptions(const RunSource& source, const std::optional<MeasuredEpoch>& epoch);

    struct Caption {
        std::string text;
        std::string where;                          // "step 2", "epoch 20"
        const store::PredictionRecord* prediction;  // null for a training video
    };
    /// Nothing for a video that the run says nothing about.
    std::optional<Caption> of(const store::VideoRecord& video) const;

  private:
    const RunSource& source_;
    int epoch_ = 0;
    std::unordered_map<store::VideoId, const store::PredictionRecord*> predictions_;
};

}  // namespace rest::interchange
