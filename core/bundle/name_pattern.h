// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unicode/regex.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rest::bundle {

/// Finds names of people and machines in any text and puts a word in their place.
///
/// A name counts without regard to case and to how its accents are encoded, with any blanks, dashes, dots or
/// underscores between its words; not inside a longer word ("anna" in "savannah"), except in scripts that do not part
/// words. Of a name of several words each one of three letters or more counts by itself too. Numbers of fewer than four
/// digits are no names: they stand in every line of a log.
class NamePattern {
  public:
    /// `stand_in` must be plain text; it is put where a name was.
    NamePattern(const std::vector<std::string>& names, std::string stand_in);

    /// UTF-8 in, UTF-8 out: NFC, and U+FFFD for what is no UTF-8. Any thread.
    std::string replaced(std::string_view text) const;

  private:
    std::unique_ptr<icu::RegexPattern> pattern_;  // none: no names
    std::string stand_in_;
};

}  // namespace rest::bundle
