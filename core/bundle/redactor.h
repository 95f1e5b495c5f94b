// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/bundle/name_pattern.h"
#include "core/bundle/path_shortener.h"
#include "core/bundle/user_facts.h"

namespace rest::bundle {

/// What must not leave this machine.
struct Secrets {
    std::vector<std::string> people;  // names and codes of annotators
    UserFacts user;
    KnownFolders folders;  // its home is the user's
};

/// Removes from texts what identifies people or machines: paths are shortened, and e-mail addresses and the names of
/// people, of the user and of the machine are replaced. Immutable; any thread.
class Redactor {
  public:
    explicit Redactor(const Secrets& secrets);

    std::string redacted(std::string_view text) const;
    /// Redacts every string in it, field names too.
    nlohmann::json redacted_json(const nlohmann::json& value) const;

  private:
    PathShortener paths_;
    NamePattern people_, users_, hosts_;
};

}  // namespace rest::bundle
