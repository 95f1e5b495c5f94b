// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/gallery/clip_table.h"

namespace rest::gallery {

/// Which clips are asked for. What stands in one member is alternatives; an empty member asks nothing; a clip must pass
/// all members.
struct ClipFilter {
    std::set<dataset::Split> splits;
    std::set<int> labels;     // true classes; -1: none
    std::set<int> predicted;  // classes read; -1: none
    std::set<Verdict> verdicts;
    std::set<Change> changes;
    std::set<People> people;
    std::optional<double> margin_from, margin_to;  // both ends count; clips without a known margin do not pass
    std::set<store::TagId> tags;                   // any of them, or ...
    bool untagged = false;                         // ... no tag at all, or ...
    bool noted = false;                            // ... a note
    std::string words;                             // that must all occur in the caption, whatever their case

    bool operator==(const ClipFilter&) const = default;
};

/// In which order clips are listed; equal ones by video.
enum class Order { video, least_sure, most_sure, worst_place };
const char* to_string(Order order);  // "video", "least_sure", "most_sure", "worst_place"
std::optional<Order> order_from_string(std::string_view word);

/// A filter worked out for a table: asked of one clip in no time.
class ClipQuestion {
  public:
    /// What can be asked of a clip; each is counted with all the others applied.
    enum class Facet { split, label, predicted, verdict, change, people, margin, tag, words };

    ClipQuestion(const ClipTable& table, const Marks& marks, const ClipFilter& filter);

    /// Bit n is set where the clip in this row fails facet n.
    uint32_t failed(size_t row) const;

  private:
    bool has_words(const Clip& clip) const;
    bool has_tag(const Marks::Mark& mark) const;
    bool in_margin(float margin) const;

    const ClipTable& table_;
    const Marks& marks_;
    const ClipFilter& filter_;
    uint32_t splits_ = 0, verdicts_ = 0, changes_ = 0, people_ = 0;
    std::vector<bool> labels_, predicted_;  // by class + 1; empty: all
    uint64_t tags_ = 0;
    std::vector<std::string> words_;
};

}  // namespace rest::gallery
