// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/dataset/dataset.h"
#include "core/dataset/file_tree.h"

namespace rest::dataset {

/// Finds the files that lists speak of, wherever they lie below the root and whatever container they were put into.
/// The tree must outlive it.
class ClipFinder {
  public:
    explicit ClipFinder(const FileTree& tree);

    /// The video whose path ends with `listed`, or which `listed` ends with, the longest match first; file extensions
    /// may differ. Among equals, one in a folder of `split`. With `names_are_unique` the file's name alone is enough
    /// when only one video has it.
    std::optional<size_t> by_path(std::string_view listed, Split split, bool names_are_unique = false) const;
    /// The video of this name without extension, preferably in a folder of `split`.
    std::optional<size_t> by_stem(std::string_view stem, Split split) const;

  private:
    using Entry = std::pair<std::string_view, uint32_t>;  // stem, video
    std::pair<std::vector<Entry>::const_iterator, std::vector<Entry>::const_iterator> range(
        std::string_view stem) const;
    bool lies_in(size_t video, Split split) const;

    const FileTree& tree_;
    std::vector<Entry> stems_;  // sorted
};

}  // namespace rest::dataset
