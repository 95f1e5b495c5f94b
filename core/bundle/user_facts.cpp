// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/user_facts.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>

#include "core/base/strings.h"

namespace rest::bundle {
namespace {

void add(std::vector<std::string>& names, const std::string& name) {
    if (!name.empty()) names.push_back(name);
}

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

}  // namespace

UserFacts user_facts() {
    UserFacts facts;
    facts.home = variable("HOME");
    add(facts.users, variable("USER"));
    add(facts.users, variable("LOGNAME"));
    std::array<char, 16384> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        add(facts.users, found->pw_name);
        add(facts.users, split(found->pw_gecos, ',').front());  // the full name; room and telephone follow
        if (facts.home.empty()) facts.home = found->pw_dir;
    }
    std::array<char, HOST_NAME_MAX + 1> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) {
        add(facts.hosts, host.data());
        add(facts.hosts, split(host.data(), '.').front());
    }
    return facts;
}

}  // namespace rest::bundle
