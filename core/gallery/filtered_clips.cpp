// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/filtered_clips.h"

#include <algorithm>
#include <bit>

namespace rest::gallery {
namespace {

using Facet = ClipQuestion::Facet;

class Counter {
  public:
    Counter(const ClipTable& table, const Marks& marks) : table_(table), marks_(marks) {
        counts_.labels.resize(table.classes.size() + 1);
        counts_.predicted.resize(table.classes.size() + 1);
        counts_.tags.resize(marks.tags.size());
    }

    /// An option counts a clip that fails nothing but, it may be, the option's own facet.
    void count(size_t row, uint32_t failed) {
        const auto counts = [failed](Facet facet) { return (failed & ~(uint32_t{1} << static_cast<int>(facet))) == 0; };
        const Clip& clip = table_.clips[row];
        if (counts(Facet::split)) ++counts_.splits[static_cast<size_t>(clip.split)];
        if (counts(Facet::label)) ++counts_.labels[static_cast<size_t>(clip.label + 1)];
        if (counts(Facet::predicted)) ++counts_.predicted[static_cast<size_t>(clip.predicted + 1)];
        if (counts(Facet::verdict)) ++counts_.verdicts[static_cast<size_t>(clip.verdict)];
        if (counts(Facet::change)) ++counts_.changes[static_cast<size_t>(clip.change)];
        if (counts(Facet::people)) ++counts_.people[static_cast<size_t>(clip.votes.people())];
        if (counts(Facet::margin)) count_margin(clip.margin);
        if (counts(Facet::tag)) count_tags(marks_.marks[row]);
    }
    FacetCounts take() { return std::move(counts_); }

  private:
    void count_margin(float margin) {
        if (std::isnan(margin)) {
            ++counts_.unknown_margins;
            return;
        }
        const double share = table_.largest_margin > 0 ? margin / table_.largest_margin : 0;
        ++counts_.margins[static_cast<size_t>(std::clamp(static_cast<int>(share * kMarginBars), 0, kMarginBars - 1))];
    }
    void count_tags(const Marks::Mark& mark) {
        counts_.untagged += mark.tags == 0;
        counts_.noted += mark.note >= 0;
        for (uint64_t left = mark.tags; left != 0; left &= left - 1)
            ++counts_.tags[static_cast<size_t>(std::countr_zero(left))];
    }

    const ClipTable& table_;
    const Marks& marks_;
    FacetCounts counts_;
};

/// Clips whose margin is not known come last, whichever end is asked for first.
void put_in_order(std::vector<int>& rows, const ClipTable& table, Order order) {
    if (order == Order::video) return;
    const auto place = [&](int row) -> double {
        const Clip& clip = table.clips[static_cast<size_t>(row)];
        if (order == Order::worst_place) return -clip.rank;
        if (std::isnan(clip.margin)) return std::numeric_limits<double>::infinity();
        return order == Order::least_sure ? clip.margin : -clip.margin;
    };
    std::ranges::stable_sort(rows, {}, place);
}

}  // namespace

FilteredClips filter_clips(const ClipTable& table, const Marks& marks, const ClipFilter& filter, Order order) {
    const ClipQuestion question(table, marks, filter);
    Counter counter(table, marks);
    FilteredClips out;
    for (size_t row = 0; row < table.clips.size(); ++row) {
        const uint32_t failed = question.failed(row);
        if (failed == 0) out.rows.push_back(static_cast<int>(row));
        if (std::popcount(failed) <= 1) counter.count(row, failed);
    }
    out.counts = counter.take();
    put_in_order(out.rows, table, order);
    return out;
}

}  // namespace rest::gallery
