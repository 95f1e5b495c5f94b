// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rest::dataset {

/// Class names in order of first use, compared by class_key(): "riding_bike", "riding bike" and "RidingBike" are one
/// class, named as first seen.
class ClassTable {
  public:
    /// The class's index; -1 for an empty name.
    int index(std::string_view name);
    const std::vector<std::string>& names() const { return names_; }
    /// The class of this name, -1 if unknown.
    int find(std::string_view name) const;
    /// Another name for an existing class: "HandStandPushups", by its number, for classInd's "HandstandPushups".
    void alias(std::string_view name, int index);
    /// Sorts the names; returns the new index of each old one.
    std::vector<int> sort();

  private:
    std::vector<std::string> names_;  // readable
    std::unordered_map<std::string, int> indices_;
    std::unordered_map<std::string, int> spellings_;  // as given, so that most need no normalisation
};

}  // namespace rest::dataset
