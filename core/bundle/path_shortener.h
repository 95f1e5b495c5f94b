// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace rest::bundle {

/// Known folders that texts may mention.
struct KnownFolders {
    std::filesystem::path home;  // becomes "~"
    std::vector<std::filesystem::path>
        projects;  // keep their own name and all below it: "…/NAME.rest/checkpoints/run_1"
    std::vector<std::filesystem::path> media;  // removed as a whole, whatever characters they contain
};

/// Reduces every absolute path in a text to its last part: "/data/anna/clips/a b.mp4" becomes "…/a b.mp4", and a path
/// in the home folder "~/…/a b.mp4". Names with spaces are followed as far as a further slash may belong to the path,
/// so that too much is removed rather than too little. Study files lose their name, which is often a person's.
class PathShortener {
  public:
    explicit PathShortener(const KnownFolders& folders);

    std::string shortened(std::string_view text) const;

  private:
    struct Found {
        size_t length = 0;  // of the path's part that is removed
        std::string instead;
    };
    /// The replacement for the path at the start of `text`.
    Found shortened_path(std::string_view text) const;

    std::string home_;  // without a trailing slash; empty: none
    std::unordered_set<std::string> projects_;
    std::unordered_set<std::string> media_;
    size_t longest_ = 0;  // bytes
};

}  // namespace rest::bundle
