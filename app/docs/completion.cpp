// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/docs/completion.h"

#include <algorithm>

namespace rest::app {

Offer offer_of(const OptionDoc& option) {
    if (option.value.empty()) return Offer::nothing;
    if (!option.words.empty()) return Offer::words;
    if (option.value == "FILE" || option.value == "PATH") return Offer::files;
    if (option.value == "FOLDER") return Offer::folders;
    if (option.value == "PROJECT") return Offer::projects;
    return Offer::nothing;
}

std::string function_name(const std::vector<std::string>& path) {
    auto name = joined(path, "_");
    std::ranges::replace(name, '-', '_');
    return name;
}

std::string backslashed(const std::string& text, const std::string& special) {
    std::string out;
    for (const char c : text) {
        if (special.find(c) != std::string::npos) out += '\\';
        out += c;
    }
    return out;
}

}  // namespace rest::app
