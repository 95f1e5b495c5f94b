// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/dataset/list_looks.h"
#include "core/dataset/listing_builder.h"
#include "core/dataset/official_names.h"
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

void tell_lists_not_read(ListLooks& looks, ListingBuilder& builder) {
    if (!looks.source().list.empty()) return;
    int told = 0;
    Counted others, readable;
    for (const auto& list : looks.candidates()) {
        builder.tick();
        if (builder.is_settled(list)) continue;
        const auto& look = looks.of(list);
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
        builder.note(
            "Lists not read (lists of frames, of another layout or official split): " + std::to_string(readable.count) +
            ", such as " + readable.examples.front() + ". To use such a list, import the list itself.");
    }
    if (looks.left_out() > 0)
        builder.note(std::to_string(looks.left_out()) + " further text files were not looked at for lists.");
}

}  // namespace rest::dataset
