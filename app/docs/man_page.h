// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/docs/command_doc.h"

namespace rest::app {

struct ManStamp {
    std::string version;  // "0.1.0"
    std::string date;     // of the release, such as 2026-11-23
};

/// A page of section 1 in man(7) markup. `see_also`: pages named at its end, such as "rest(1)".
std::string man_page(const CommandDoc& command, const ManStamp& stamp, const std::vector<std::string>& see_also);

/// rest-settings(7): every setting with its range and the paper's value.
std::string settings_page(const ManStamp& stamp);

}  // namespace rest::app
