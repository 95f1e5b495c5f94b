// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/class_table.h"

#include <algorithm>
#include <numeric>

#include "core/dataset/dataset.h"
#include "core/dataset/name_keys.h"
#include "core/text/file_text.h"

namespace rest::dataset {
namespace {

/// A name of punctuation only is compared as it is.
std::string key_of(std::string_view name) {
    std::string key = class_key(name);
    return key.empty() ? text::comparable_name(name) : key;
}

}  // namespace

int ClassTable::index(std::string_view name) {
    const auto [spelling, is_new] = spellings_.emplace(name, -1);
    if (!is_new) return spelling->second;
    const std::string readable = text::comparable_name(readable_class_name(name));
    if (readable.empty()) return -1;
    const auto [at, first] = indices_.emplace(key_of(readable), static_cast<int>(names_.size()));
    if (first) names_.push_back(readable);
    return spelling->second = at->second;
}

int ClassTable::find(std::string_view name) const {
    const auto at = indices_.find(key_of(name));
    return at == indices_.end() ? -1 : at->second;
}

void ClassTable::alias(std::string_view name, int index) {
    spellings_[std::string(name)] = index;
    indices_.emplace(key_of(name), index);
}

std::vector<int> ClassTable::sort() {
    std::vector<int> order(names_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](int a, int b) { return names_[a] < names_[b]; });
    std::vector<int> new_index(order.size());
    std::vector<std::string> sorted;
    for (size_t i = 0; i < order.size(); ++i) {
        new_index[order[i]] = static_cast<int>(i);
        sorted.push_back(std::move(names_[order[i]]));
    }
    names_ = std::move(sorted);
    for (auto* table : {&indices_, &spellings_}) {
        for (auto& [key, index] : *table) {
            if (index >= 0) index = new_index[index];
        }
    }
    return new_index;
}

}  // namespace rest::dataset
