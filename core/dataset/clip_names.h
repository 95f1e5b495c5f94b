// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rest::dataset {

/// Finds the user's clips by the names in lists, wherever the clips are and whatever their container.
///
/// Names are compared in NFC. Extensions (also several) and the case of folders may differ, '\\' may replace '/',
/// "brush_hair" and "Brush Hair" are the same folder, and a Kinetics clip `<id>_000062_000072` is also `<id>_62_72`, or
/// plain `<id>` if that is the only one. Copies what it needs.
class ClipNames {
  public:
    explicit ClipNames(std::span<const std::string> names);

    /// The clip whose path ends with `listed`, or is the end of `listed`, whole folders only; of several the one that
    /// agrees in most folders, then the first. With `names_are_unique`, as in UCF101, HMDB51 and Kinetics, the file's
    /// name alone is enough.
    std::optional<size_t> find(std::string_view listed, bool names_are_unique) const;

    /// Number of clips with the same name as an earlier one; find() with `names_are_unique` returns them only if the
    /// listed folder matches.
    int64_t doubles() const { return doubles_; }

  private:
    std::optional<size_t> find_path(std::string_view listed, bool names_are_unique) const;

    std::vector<std::string> folders_;                                // of each clip, normalised
    std::unordered_map<std::string, std::vector<uint32_t>> by_name_;  // normalised name -> clips, in order
    int64_t doubles_ = 0;
};

/// A clip's name without folders and extension, normalised for comparison: "x/--0l35AkU34_000062_000072.mp4" ->
/// "--0l35AkU34_62_72". Parsed from the right, since a Kinetics id (11 characters) may contain '_' and begin with '-'.
std::string comparable_clip_name(std::string_view path);

}  // namespace rest::dataset
