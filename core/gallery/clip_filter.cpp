// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/clip_filter.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/text/file_text.h"

namespace rest::gallery {
namespace {

constexpr uint32_t kAll = ~uint32_t{0};

/// Bit n for the value n; all bits for an empty set.
template <class Enum>
uint32_t bits_of(const std::set<Enum>& values) {
    if (values.empty()) return kAll;
    uint32_t bits = 0;
    for (const Enum value : values) bits |= uint32_t{1} << static_cast<int>(value);
    return bits;
}

template <class Enum>
bool has_bit(uint32_t bits, Enum value) {
    return (bits >> static_cast<int>(value) & 1) != 0;
}

std::vector<bool> classes_of(const std::set<int>& labels, size_t classes) {
    std::vector<bool> wanted;
    if (labels.empty()) return wanted;
    wanted.resize(classes + 1);
    for (const int label : labels) {
        if (label >= -1 && label < static_cast<int>(classes)) wanted[static_cast<size_t>(label + 1)] = true;
    }
    return wanted;
}

bool is_wanted(const std::vector<bool>& wanted, int label) {
    return wanted.empty() || wanted[static_cast<size_t>(label + 1)];
}

}  // namespace

const char* to_string(Order order) {
    switch (order) {
        case Order::video:
            return "video";
        case Order::least_sure:
            return "least_sure";
        case Order::most_sure:
            return "most_sure";
        case Order::worst_place:
            return "worst_place";
    }
    return "unknown";
}

std::optional<Order> order_from_string(std::string_view word) {
    for (const Order order : {Order::video, Order::least_sure, Order::most_sure, Order::worst_place}) {
        if (word == to_string(order)) return order;
    }
    return std::nullopt;
}

ClipQuestion::ClipQuestion(const ClipTable& table, const Marks& marks, const ClipFilter& filter)
    : table_(table),
      marks_(marks),
      filter_(filter),
      splits_(bits_of(filter.splits)),
      verdicts_(bits_of(filter.verdicts)),
      changes_(bits_of(filter.changes)),
      people_(bits_of(filter.people)),
      labels_(classes_of(filter.labels, table.classes.size())),
      predicted_(classes_of(filter.predicted, table.classes.size())) {
    for (const auto tag : filter.tags) {
        if (const int index = marks.index_of(tag); index >= 0) tags_ |= uint64_t{1} << index;
    }
    for (auto& word : split(collapse_blanks(text::lower_name(filter.words)), ' ')) {
        if (!word.empty()) words_.push_back(std::move(word));
    }
}

bool ClipQuestion::has_words(const Clip& clip) const {
    return std::ranges::all_of(words_,
                               [&](const std::string& word) { return clip.words.find(word) != std::string::npos; });
}

bool ClipQuestion::has_tag(const Marks::Mark& mark) const {
    if (filter_.tags.empty() && !filter_.untagged && !filter_.noted) return true;
    return (mark.tags & tags_) != 0 || (filter_.untagged && mark.tags == 0) || (filter_.noted && mark.note >= 0);
}

bool ClipQuestion::in_margin(float margin) const {
    if (!filter_.margin_from && !filter_.margin_to) return true;
    if (std::isnan(margin)) return false;
    return (!filter_.margin_from || margin >= *filter_.margin_from) &&
           (!filter_.margin_to || margin <= *filter_.margin_to);
}

uint32_t ClipQuestion::failed(size_t row) const {
    const Clip& clip = table_.clips[row];
    uint32_t out = 0;
    const auto ask = [&out](Facet facet, bool passes) {
        out |= static_cast<uint32_t>(!passes) << static_cast<int>(facet);
    };
    ask(Facet::split, has_bit(splits_, clip.split));
    ask(Facet::label, is_wanted(labels_, clip.label));
    ask(Facet::predicted, is_wanted(predicted_, clip.predicted));
    ask(Facet::verdict, has_bit(verdicts_, clip.verdict));
    ask(Facet::change, !table_.other || has_bit(changes_, clip.change));
    ask(Facet::people, has_bit(people_, clip.votes.people()));
    ask(Facet::margin, in_margin(clip.margin));
    ask(Facet::tag, has_tag(marks_.marks[row]));
    ask(Facet::words, has_words(clip));
    return out;
}

}  // namespace rest::gallery
