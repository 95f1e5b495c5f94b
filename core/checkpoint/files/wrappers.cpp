// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/wrappers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <tuple>

namespace rest::checkpoint {
namespace {

constexpr std::array<std::string_view, 3> kVisionRoots{"visual_encoder.", "vision_model.", "visual."};
constexpr std::array<std::string_view, 5> kTextRoots{"text_decoder.", "text_encoder.", "text_model.",
                                                     "transformer.resblocks.", "text.transformer.resblocks."};

struct Group {
    bool vision = false, text = false;
    int64_t tensors = 0;
};

template <size_t N>
bool begins_with_any(std::string_view name, const std::array<std::string_view, N>& roots) {
    return std::any_of(roots.begin(), roots.end(), [&](std::string_view root) { return name.starts_with(root); });
}

/// Calls `visit` with each dotted part of `name`.
template <typename Visit>
void for_each_word(std::string_view name, char separator, const Visit& visit) {
    for (size_t at = 0; at <= name.size();) {
        const size_t end = std::min(name.find(separator, at), name.size());
        visit(name.substr(at, end - at));
        at = end + 1;
    }
}

/// State of Adam and SGD, which some trainers key by the parameters' names.
bool is_optimiser_word(std::string_view word) {
    return word.find("optim") != std::string_view::npos || word.starts_with("exp_avg") || word == "max_exp_avg_sq" ||
           word == "momentum_buffer";
}

bool is_optimiser_state(std::string_view name) {
    bool is = false;
    for_each_word(name, '.', [&](std::string_view word) { is = is || is_optimiser_word(word); });
    return is;
}

/// Averaged or tracking copies of weights: "state_dict_ema.", "ema_model.", "teacher.".
bool is_follower(const std::string& prefix) {
    std::string lower = prefix;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return c == '.' ? '_' : static_cast<char>(std::tolower(c)); });
    bool is = false;
    for_each_word(lower, '_', [&](std::string_view word) {
        is = is || word == "ema" || word == "swa" || word == "shadow" || word == "teacher" || word == "target" ||
             word == "momentum" || word.starts_with("averag");
    });
    return is;
}

/// Sort key: the smallest is the best candidate.
auto rank_of(const std::string& prefix, const Group& group) {
    return std::tuple(!(group.vision && group.text), is_follower(prefix), -group.tensors,
                      std::count(prefix.begin(), prefix.end(), '.'), prefix);
}

}  // namespace

bool is_tower_name(std::string_view name) {
    return begins_with_any(name, kVisionRoots) || begins_with_any(name, kTextRoots);
}

FoundModel find_model(const std::vector<std::string>& names) {
    std::map<std::string, Group> groups;
    for (const auto& name : names) {
        if (is_optimiser_state(name)) continue;
        for (size_t at = 0; at != std::string::npos;) {
            const auto rest = std::string_view(name).substr(at);
            if (is_tower_name(rest)) {
                auto& group = groups[name.substr(0, at)];
                group.vision = group.vision || begins_with_any(rest, kVisionRoots);
                group.text = group.text || begins_with_any(rest, kTextRoots);
                ++group.tensors;
                break;
            }
            at = name.find('.', at);
            if (at != std::string::npos) ++at;
        }
    }
    if (groups.empty()) return {};
    const auto best = std::min_element(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        return rank_of(a.first, a.second) < rank_of(b.first, b.second);
    });
    FoundModel model{.prefix = best->first, .others = {}, .found = true};
    for (const auto& [prefix, group] : groups) {
        if (prefix != best->first && group.vision && group.text) model.others.push_back(prefix);
    }
    return model;
}

std::string without_inner_wrappers(std::string_view name) {
    constexpr std::array<std::string_view, 5> kWrappers{"_orig_mod", "module", "_fsdp_wrapped_module",
                                                        "_checkpoint_wrapped_module", "_forward_module"};
    std::string out;
    for_each_word(name, '.', [&](std::string_view word) {
        if (std::find(kWrappers.begin(), kWrappers.end(), word) != kWrappers.end()) return;
        if (!out.empty()) out += '.';
        out += word;
    });
    return out;
}

}  // namespace rest::checkpoint
