// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/class_map.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/dataset/json_list.h"
#include "core/dataset/list_row.h"
#include "core/dataset/name_keys.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

constexpr std::array<std::string_view, 9> kNames = {"labelmap",  "classind", "classname", "classes", "classlist",
                                                    "labellist", "labels",   "categor",   "label2"};

using Numbered = std::optional<std::pair<int, std::string>>;

/// "3 name", "3,name", "name;3", "3: name"; empty without a number.
Numbered numbered_name(const std::string& line) {
    for (const char delimiter : std::string_view(",;\t:")) {
        std::vector<std::string> fields;
        CsvReader(line, delimiter).next(fields);
        if (fields.size() < 2) continue;
        if (const int number = class_number(fields[0]); number >= 0) return {{number, fields[1]}};
        if (const int number = class_number(fields.back()); number >= 0) return {{number, fields[0]}};
    }
    const auto blank = line.find(' ');
    if (blank == std::string::npos) return std::nullopt;
    if (const int number = class_number(line.substr(0, blank)); number >= 0)
        return {{number, std::string(trimmed(line.substr(blank)))}};
    const auto last = line.rfind(' ');
    if (const int number = class_number(line.substr(last)); number >= 0)
        return {{number, std::string(trimmed(line.substr(0, last)))}};
    return std::nullopt;
}

bool is_header(const std::string& line) {
    for (const char delimiter : std::string_view(",;\t ")) {
        std::vector<std::string> fields;
        CsvReader(line, delimiter).next(fields);
        if (fields.size() != 2) continue;
        const auto known = [](const std::string& field) {
            constexpr std::array<std::string_view, 8> kHeads = {"id",    "name",    "label",   "class",
                                                                "index", "classid", "labelid", "number"};
            return std::find(kHeads.begin(), kHeads.end(), class_key(field)) != kHeads.end();
        };
        if (known(fields[0]) && known(fields[1])) return true;
    }
    return false;
}

ClassMap read_json_map(std::string_view text) {
    ClassMap map;
    const auto json = parse_json(text);
    if (!json) return map;
    if (json->is_array()) {
        for (const auto& name : *json) {
            if (!name.is_string()) return {};
            map.names.emplace(static_cast<int>(map.names.size()), name.get<std::string>());
        }
        return map;
    }
    if (!json->is_object()) return map;
    map.numbered = true;
    for (const auto& [key, value] : json->items()) {
        const std::string other = value.is_string() ? value.get<std::string>() : value.is_number() ? value.dump() : "";
        if (const int number = class_number(other); number >= 0)
            map.names.emplace(number, key);
        else if (class_number(key) >= 0 && value.is_string())
            map.names.emplace(class_number(key), other);
        else
            return {};
    }
    return map;
}

}  // namespace

bool is_class_map_name(std::string_view path) {
    const std::string name = class_key(without_extension(file_name(path)));
    return std::any_of(kNames.begin(), kNames.end(), [&](auto known) { return name.find(known) != std::string::npos; });
}

ClassMap read_class_map(std::string_view text, bool must_be_numbered) {
    if (looks_like_json(text)) return read_json_map(text);
    auto lines = split_lines(text);
    while (!lines.empty() && trimmed(lines.back()).empty()) lines.pop_back();
    if (!lines.empty() && is_header(lines.front())) lines.erase(lines.begin());
    ClassMap map;
    const auto numbered =
        std::count_if(lines.begin(), lines.end(), [](const auto& line) { return numbered_name(line).has_value(); });
    // A single name that ends in a number ("take 2") does not make a numbered list.
    map.numbered = must_be_numbered || numbered * 2 > std::ssize(lines);
    for (size_t i = 0; i < lines.size(); ++i) {
        const auto entry =
            map.numbered ? numbered_name(lines[i]) : Numbered({static_cast<int>(i), std::string(trimmed(lines[i]))});
        if (entry && !entry->second.empty()) map.names.emplace(entry->first, entry->second);
    }
    return map;
}

}  // namespace rest::dataset
