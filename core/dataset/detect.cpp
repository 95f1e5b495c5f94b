// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/dataset/clip_finder.h"
#include "core/dataset/listing_builder.h"
#include "core/dataset/readers.h"

namespace rest::dataset {
namespace {

// Beyond this many of one kind, only their number is reported.
constexpr int kMostTold = 20;

}  // namespace

Layout detect_layout(const DatasetSource& source) {
    const auto lists = source.lists();
    if (std::any_of(lists.begin(), lists.end(), [](const auto& list) { return is_ucf101_list(list); }))
        return Layout::ucf101;
    if (std::any_of(lists.begin(), lists.end(), [](const auto& list) { return is_hmdb51_list(list); }))
        return Layout::hmdb51;
    return Layout::automatic;
}

void tell_lists_not_read(const DatasetSource& source, const ClipFinder& finder, ListingBuilder& builder) {
    if (!source.list.empty()) return;
    int64_t left_out = 0;
    int told = 0;
    Counted others, readable;
    const auto knows = [&finder](std::string_view written) { return finder.knows(written); };
    for (const auto& list : list_candidates(source.tree, left_out)) {
        builder.tick();
        if (builder.was_read(list)) continue;
        const auto look = look_at_list(list, beginning_of(source.tree.root / list), knows);
        const bool reads = look.form == ListForm::headed || look.form == ListForm::bare || look.form == ListForm::json;
        // Data sets may come with lists of both kinds: those of frames matter only if there are no others.
        const bool spare = look.form == ListForm::frames && builder.has_listed();
        if (reads || spare)
            readable.add(list);
        else if (look.form != ListForm::frames && look.form != ListForm::not_understood)
            continue;
        else if (++told > kMostTold)
            others.add(list);
        else
            builder.problem(ErrorCode::unsupported, list, "This list was not understood: " + look.reason, look.remedy);
    }
    if (others.count > 0) {
        builder.problem(ErrorCode::unsupported, others.examples.front(),
                        "It and " + std::to_string(others.count - 1) + " further lists were not understood either");
    }
    if (readable.count > 0) {
        builder.note("Lists that were not read, being of frames, of another layout or of another official split: " +
                     std::to_string(readable.count) + ", such as " + readable.examples.front() +
                     ". Give such a list itself to import by it.");
    }
    if (left_out > 0) builder.note(std::to_string(left_out) + " further text files were not looked at for lists.");
}

}  // namespace rest::dataset
