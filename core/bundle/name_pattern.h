// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unicode/regex.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rest::bundle {

/// Finds names of people and machines in any text and replaces them with a placeholder.
///
/// A name matches regardless of case and of how its accents are encoded, with any spaces, dashes, dots or underscores
/// between its words; not inside a longer word ("anna" in "savannah"), except in scripts that do not separate words.
/// Each word of three letters or more in a longer name also matches by itself. Numbers of fewer than four digits are
/// not taken for names: they occur in every line of a log.
class NamePattern {
  public:
    /// `stand_in` must be plain text; it replaces each name.
    NamePattern(const std::vector<std::string>& names, std::string stand_in);

    /// UTF-8 in, UTF-8 out: NFC, with U+FFFD for invalid UTF-8. Any thread.
    std::string replaced(std::string_view text) const;

  private:
    std::unique_ptr<icu::RegexPattern> pattern_;  // null: no names
    std::string stand_in_;
};

}  // namespace rest::bundle
