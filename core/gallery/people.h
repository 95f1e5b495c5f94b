// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/gallery/clip_table.h"

namespace rest::gallery {

/// What people said in the studies of a project, by video and caption: an answer is about these two, whichever run
/// the caption came from.
class PeopleSaid {
  public:
    /// A study that cannot be read is a problem and leaves the others out of nothing.
    explicit PeopleSaid(const std::filesystem::path& project);

    Votes of(const std::string& video_name, const std::string& caption) const;
    const std::vector<Problem>& problems() const { return problems_; }

  private:
    std::unordered_map<std::string, Votes> votes_;  // by name, a zero byte and the caption's key
    std::vector<Problem> problems_;
};

}  // namespace rest::gallery
