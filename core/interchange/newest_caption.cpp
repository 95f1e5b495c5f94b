// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/newest_caption.h"

#include <fmt/format.h>

namespace rest::interchange {

NewestCaptions::NewestCaptions(const RunSource& source, const std::optional<MeasuredEpoch>& epoch) : source_(source) {
    if (!epoch) return;
    epoch_ = epoch->epoch;
    for (const auto& prediction : epoch->predictions) predictions_.emplace(prediction.video, &prediction);
}

std::optional<NewestCaptions::Caption> NewestCaptions::of(const store::VideoRecord& video) const {
    if (source_.run.step >= 0) {
        auto kept = source_.project.captions(source_.run.id, video.id, source_.run.step);
        if (!kept.empty())
            return Caption{std::move(kept.front().text), fmt::format("step {}", source_.run.step), nullptr};
    }
    const auto found = predictions_.find(video.id);
    if (found == predictions_.end() || found->second->caption.empty()) return std::nullopt;
    return Caption{found->second->caption, fmt::format("epoch {}", epoch_), found->second};
}

}  // namespace rest::interchange
