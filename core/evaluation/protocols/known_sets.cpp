// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/protocols/known_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

#include "core/evaluation/protocols/official_lists.h"

namespace rest::evaluation {
namespace {

struct KnownSet {
    const char *file, *name;
};
// The smaller Kinetics first: of equal matches it is more likely.
constexpr std::array kKnown = {KnownSet{"ucf101.txt", "UCF101"}, KnownSet{"hmdb51.txt", "HMDB51"},
                               KnownSet{"kinetics-400.txt", "Kinetics-400"},
                               KnownSet{"kinetics-600.txt", "Kinetics-600"}};

int64_t matches(const std::set<std::string>& labels, const ClassNames& names) {
    return std::count_if(labels.begin(), labels.end(), [&](const auto& label) { return names.find(label) >= 0; });
}

}  // namespace

std::string looks_like_another_set(std::span<const std::string> labels, const ClassNames& wanted,
                                   const std::filesystem::path& shipped) {
    std::set<std::string> distinct;
    for (const auto& label : labels) {
        if (!label.empty()) distinct.insert(comparable_class_name(label));
    }
    const auto matched = matches(distinct, wanted);
    if (2 * matched >= std::ssize(distinct) || 2 * matched >= std::ssize(wanted.names())) return {};
    auto text = fmt::format("{} of the clips' {} class names are among the {}", matched, distinct.size(),
                            wanted.names().size());
    auto most = std::max<int64_t>(matched, std::ssize(distinct) / 2);
    std::string likely;
    for (const auto& [file, name] : kKnown) {
        const auto found = matches(distinct, ClassNames(read_class_list(shipped / file)));
        if (found > most) most = found, likely = name;
    }
    return likely.empty() ? text : text + "; they look like " + likely + "'s";
}

}  // namespace rest::evaluation
