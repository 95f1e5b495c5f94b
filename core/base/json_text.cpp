// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json_text.h"

#include <nlohmann/json.hpp>

namespace rest {

bool nests_too_deep(std::string_view json) {
    constexpr int kDeepest = 100;
    int depth = 0;
    bool text = false;
    for (size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (text && c == '\\') {
            ++i;
        } else if (c == '"') {
            text = !text;
        } else if (!text && (c == '[' || c == '{')) {
            if (++depth > kDeepest) return true;
        } else if (!text && (c == ']' || c == '}')) {
            --depth;
        }
    }
    return false;
}

tl::expected<nlohmann::json, std::string> parse_json(std::string_view text) {
    if (nests_too_deep(text)) return tl::unexpected<std::string>("it is nested too deeply");
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::exception& e) {
        return tl::unexpected<std::string>(e.what());
    }
}

int64_t integer_member(const nlohmann::json& object, const char* name, int64_t otherwise, int64_t low, int64_t high) {
    const auto at = object.find(name);
    if (at == object.end() || !at->is_number_integer()) return otherwise;
    const bool too_large = at->is_number_unsigned() && at->get<uint64_t>() > static_cast<uint64_t>(high);
    if (too_large || at->get<int64_t>() < low || at->get<int64_t>() > high) return otherwise;
    return at->get<int64_t>();
}

}  // namespace rest
