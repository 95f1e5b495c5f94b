// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tam/class_names.h"

#include <algorithm>

#include "core/dataset/dataset.h"
#include "core/text/file_text.h"

namespace rest::evaluation {
namespace {

/// Bytes of other scripts count as letters.
bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string comparable_class_name(std::string_view name) {
    std::string out = text::lower_name(name);
    std::erase_if(out, [](char c) { return !is_letter_or_digit(c); });
    return out;
}

ClassNames::ClassNames(std::span<const std::string> names) {
    for (const auto& name : names) {
        const auto key = comparable_class_name(name);
        if (key.empty()) continue;
        if (indices_.emplace(key, static_cast<int>(names_.size())).second)
            names_.push_back(text::comparable_name(dataset::readable_class_name(name)));
        else
            doubles_.push_back(name);
    }
}

int ClassNames::find(std::string_view name) const {
    const auto at = indices_.find(comparable_class_name(name));
    return at == indices_.end() ? -1 : at->second;
}

}  // namespace rest::evaluation
