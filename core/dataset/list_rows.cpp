// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/list_rows.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "core/dataset/listed_path.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

/// Sort key: test before val before train before none.
int held_out(const std::optional<Split>& split) {
    return split ? static_cast<int>(*split) : -1;
}

/// A key that is equal for duplicate rows.
std::string identity(const ListRow& row) {
    std::string out = row.path;
    for (const auto* field : {&row.id, &row.start, &row.end, &row.label}) out.append(1, '\0').append(*field);
    return out + '\0' + std::to_string(row.number) + '\0' + std::to_string(held_out(row.split));
}

std::string name_of(const ListRow& row) {
    return row.by_id() ? name_by_id(row) : row.path;
}

class Assigner {
  public:
    Assigner(const ListedRows& listed, const ClipFinder& finder, ListingBuilder& builder)
        : listed_(listed),
          finder_(finder),
          builder_(builder),
          candidates_(listed.rows.size()),
          clip_(listed.rows.size(), kNone),
          owner_(builder.tree().videos.size(), kNone) {}

    void run() {
        order_rows();
        find_candidates();
        for (int fit = 0; fit <= static_cast<int>(Fit::respelled); ++fit) {
            for (const size_t row : order_) choose(row, static_cast<Fit>(fit));
        }
        settle_rest();
        add_clips();
    }

  private:
    static constexpr size_t kNone = static_cast<size_t>(-1);
    struct Owned {
        std::optional<Split> split;
        int label = -1;
    };

    const ListRow& row_at(size_t row) const { return listed_.rows[row]; }
    const std::string& list_of(size_t row) const { return listed_.lists[row_at(row).list]; }
    std::string class_of(int label) const {
        return label < 0 ? std::string() : builder_.classes.names()[static_cast<size_t>(label)];
    }

    void order_rows() {
        std::unordered_set<std::string> seen;
        for (size_t row = 0; row < listed_.rows.size(); ++row) {
            if (seen.insert(identity(row_at(row))).second)
                order_.push_back(row);
            else
                builder_.add_twice(name_of(row_at(row)), "", "");
        }
        std::stable_sort(order_.begin(), order_.end(),
                         [this](size_t a, size_t b) { return held_out(row_at(a).split) > held_out(row_at(b).split); });
    }

    void find_candidates() {
        std::unordered_map<uint32_t, int> guesses;
        for (const size_t row : order_) {
            builder_.tick();
            candidates_[row] = finder_.candidates(row_at(row), folder_of(list_of(row)), class_of(listed_.labels[row]),
                                                  listed_.names_are_unique);
            if (!candidates_[row].empty() && candidates_[row].front().fit == Fit::name_alone)
                ++guesses[candidates_[row].front().video];
        }
        for (const size_t row : order_) {
            auto& candidates = candidates_[row];
            const bool guess = !candidates.empty() && candidates.front().fit == Fit::name_alone;
            if (guess && guesses[candidates.front().video] > 1) candidates.clear();
        }
    }

    void choose(size_t row, Fit fit) {
        if (clip_[row] != kNone) return;
        for (const auto& candidate : candidates_[row]) {
            if (candidate.fit != fit || owner_[candidate.video] != kNone) continue;
            if (fit != Fit::exact && put_outside(row)) return;
            clip_[row] = candidate.video;
            owner_[candidate.video] = row;
            owned_[row] = {row_at(row).split, listed_.labels[row]};
            if (!row_at(row).split) owned_[row].split = finder_.split_of(candidate.video);
            tell(row, candidate);
            return;
        }
    }

    /// A path that exists as written, outside the folder, takes precedence over an inexact match inside.
    bool put_outside(size_t row) {
        const auto& listed = row_at(row);
        if (listed.by_id()) return false;
        for (const auto& reading : path_readings(listed.path)) {
            if (builder_.add_outside(reading.path, listed.split.value_or(Split::train), listed_.labels[row],
                                     list_of(row))) {
                clip_[row] = owner_.size();  // not a video of the tree
                return true;
            }
        }
        return false;
    }

    void tell(size_t row, const Candidate& candidate) {
        const auto& path = builder_.tree().videos[candidate.video].path;
        if (!candidate.told_as.empty())
            builder_.note_counted("read " + candidate.told_as, row_at(row).path + " for " + path);
        if (candidate.fit == Fit::other_class) {
            builder_.note_counted("the class differs from the folder's; the list counts",
                                  path + " as " + class_of(listed_.labels[row]));
        }
        if (candidate.fit == Fit::other_split)
            builder_.note_counted("the split differs from the folder's; the list counts", path + " in " + list_of(row));
    }

    void settle_rest() {
        for (const size_t row : order_) {
            if (clip_[row] != kNone) continue;
            const auto& candidates = candidates_[row];
            const bool same = !candidates.empty() && names_same_clip(row, candidates);
            if (same)
                settle_twice(row, owner_[candidates.front().video]);
            else if (!put_outside(row))
                builder_.add_missing(name_of(row_at(row)), row_at(row).split.value_or(Split::train), list_of(row));
        }
    }

    /// Whether a row without a clip names the clip of another row, rather than a missing one.
    bool names_same_clip(size_t row, const std::vector<Candidate>& candidates) const {
        const Fit fit = candidates.front().fit;
        if (fit <= Fit::by_name || fit == Fit::respelled) return true;
        if (fit != Fit::other_class && fit != Fit::other_split) return false;
        if (row_at(row).by_id() || listed_.names_are_unique) return true;
        return fit == Fit::other_split && candidates.size() == 1 && folder_of(row_at(row).path).empty();
    }

    void settle_twice(size_t row, size_t owner) {
        Owned& kept = owned_[owner];
        const auto& split = row_at(row).split;
        const int label = listed_.labels[row];
        if (kept.label < 0) kept.label = label;
        std::string contradiction, remedy;
        if (label >= 0 && label != kept.label) {
            contradiction = "as \"" + class_of(kept.label) + "\" in " + list_of(owner) + " and as \"" +
                            class_of(label) + "\" in " + list_of(row);
            remedy = "\"" + class_of(kept.label) + "\" counts. A clip has one class: copy the file where it is of two.";
        }
        if (split && kept.split && split != kept.split) {
            const auto held = std::max(held_out(split), held_out(kept.split));
            contradiction += std::string(contradiction.empty() ? "" : "; ") + "for " + to_string(*kept.split) + " in " +
                             list_of(owner) + " and for " + to_string(*split) + " in " + list_of(row);
            remedy = std::string("It is held out: ") + to_string(static_cast<Split>(held)) + " counts.";
            kept.split = static_cast<Split>(held);
        } else if (split && !kept.split) {
            kept.split = split;
        }
        builder_.add_twice(name_of(row_at(row)), contradiction, remedy);
    }

    void add_clips() {
        for (size_t video = 0; video < owner_.size(); ++video) {
            if (owner_[video] == kNone) continue;
            const Owned& owned = owned_[owner_[video]];
            builder_.add_listed(video, owned.split.value_or(Split::train), owned.label, list_of(owner_[video]));
        }
    }

    const ListedRows& listed_;
    const ClipFinder& finder_;
    ListingBuilder& builder_;
    std::vector<size_t> order_;
    std::vector<std::vector<Candidate>> candidates_;  // of each row
    std::vector<size_t> clip_;                        // of each row
    std::vector<size_t> owner_;                       // row of each video
    std::unordered_map<size_t, Owned> owned_;         // by row
};

}  // namespace

void assign_rows(const ListedRows& listed, const ClipFinder& finder, ListingBuilder& builder) {
    Assigner(listed, finder, builder).run();
}

}  // namespace rest::dataset
