// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rest::bundle {

/// What would identify the owner of this machine.
struct UserFacts {
    std::vector<std::string> users;  // login, full name
    std::vector<std::string> hosts;  // with and without the domain
    std::filesystem::path home;      // empty: none
};

UserFacts user_facts();

}  // namespace rest::bundle
