// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace rest::ui {

/// What the program is made of that others have written.
struct Library {
    const char* package;  // as CMake looks for it
    const char* name;
    const char* licence;  // SPDX where it has a short name
    const char* site;
};
std::span<const Library> libraries();

}  // namespace rest::ui
