// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace rest::bundle {

/// Folders that texts are known to speak of.
struct KnownFolders {
    std::filesystem::path home;  // becomes "~"
    std::vector<std::filesystem::path>
        projects;                              // keep their own name and all beneath: "…/NAME.rest/checkpoints/run_1"
    std::vector<std::filesystem::path> media;  // go as a whole, whatever characters are in them
};

/// Leaves of every absolute path in a text its last part: "/data/anna/clips/a b.mp4" becomes "…/a b.mp4", and what lies
/// in the home folder "~/…/a b.mp4". Names with blanks are followed as far as a further slash may belong to the path,
/// so that rather too much goes than too little. Study files lose their name, which is often that of a person.
class PathShortener {
  public:
    explicit PathShortener(const KnownFolders& folders);

    std::string shortened(std::string_view text) const;

  private:
    struct Found {
        size_t length = 0;  // of the path's part that goes
        std::string instead;
    };
    /// What stands for the path that begins `text`.
    Found shortened_path(std::string_view text) const;

    std::string home_;  // without a slash at its end; empty: none
    std::unordered_set<std::string> projects_;
    std::unordered_set<std::string> media_;
    size_t longest_ = 0;  // bytes
};

}  // namespace rest::bundle
