// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/store/project.h"

namespace rest::store {

using TextId = int64_t;

/// A member of W_i as counting needs it.
struct CaptionMention {
    VideoId video = 0;
    TextId text = 0;  // equal numbers, equal captions: see caption_key()
    bool retrieved = false;
};

/// The lists W_i of a project for those who count them: millions of rows, whose texts are read only where they are
/// asked for. A connection of its own that only reads. One thread at a time. Every call throws Error as Project's do.
class CaptionLists {
  public:
    explicit CaptionLists(const Project& project);
    ~CaptionLists();
    CaptionLists(const CaptionLists&) = delete;
    CaptionLists& operator=(const CaptionLists&) = delete;

    /// Finished retrieval steps that have lists, ascending.
    std::vector<int> steps(RunId run) const;
    /// Every caption of a step, ordered by video and rank. What `visit` throws is thrown here.
    void visit(RunId run, int step, const std::function<void(const CaptionMention&)>& visit) const;
    /// What a mention names; empty for a number that names nothing.
    std::string text(TextId id) const;
    /// The labels of all videos, -1 unknown.
    std::unordered_map<VideoId, int> labels() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::store
