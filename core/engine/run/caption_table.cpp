// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/caption_table.h"

#include <algorithm>

namespace rest::engine {

void CaptionTable::add(int64_t video, ListedCaption caption) {
    auto& list = lists_[static_cast<size_t>(video)];
    if (std::ranges::find(list, caption.id, &ListedCaption::id) == list.end()) list.push_back(caption);
}

retrieval::CaptionLists CaptionTable::ids(std::span<const int64_t> videos) const {
    retrieval::CaptionLists out;
    out.offsets.push_back(0);
    for (const int64_t video : videos) {
        for (const auto& caption : of(video)) out.ids.push_back(caption.id);
        out.offsets.push_back(static_cast<int64_t>(out.ids.size()));
    }
    return out;
}

int32_t CaptionTable::origin_of(const retrieval::ScoredCaption& caption) const {
    const auto& list = lists_[static_cast<size_t>(caption.source_video)];
    const auto found = std::ranges::find(list, caption.id, &ListedCaption::id);
    return found == list.end() ? caption.source_video : found->origin;
}

void CaptionTable::replace(const std::vector<std::vector<retrieval::ScoredCaption>>& updated) {
    std::vector<std::vector<ListedCaption>> next(updated.size());
    for (size_t i = 0; i < updated.size(); ++i) {
        for (const auto& caption : updated[i]) next[i].push_back({caption.id, origin_of(caption), caption.score});
    }
    lists_ = std::move(next);
}

}  // namespace rest::engine
