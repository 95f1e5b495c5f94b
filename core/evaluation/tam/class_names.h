// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rest::evaluation {

/// A class name normalised for comparison: NFC, lower case, only letters and digits. "HandstandPushups",
/// "handstand_pushups" and "Handstand Pushups" are equal, as are all spellings of "rock scissors paper".
std::string comparable_class_name(std::string_view name);

/// The names that captions are ranked among.
class ClassNames {
  public:
    ClassNames() = default;
    /// Names of the same class as an earlier one are left out and listed in doubles(); empty ones are left out.
    explicit ClassNames(std::span<const std::string> names);

    const std::vector<std::string>& names() const { return names_; }  // readable
    const std::vector<std::string>& doubles() const { return doubles_; }
    /// The index into names(), -1 if unknown.
    int find(std::string_view name) const;

  private:
    std::vector<std::string> names_, doubles_;
    std::unordered_map<std::string, int> indices_;
};

}  // namespace rest::evaluation
