// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/dataset/dataset.h"

namespace rest::dataset {
namespace {

std::string examples_of(const Counted& counted) {
    std::string out;
    for (const auto& example : counted.examples) out += (out.empty() ? "" : ", ") + example;
    if (counted.count > static_cast<int64_t>(counted.examples.size())) out += ", ...";
    return out;
}

void add(std::vector<std::string>& lines, const std::string& what, const Counted& counted, bool with_examples = true) {
    std::string line = what + ": " + std::to_string(counted.count);
    if (with_examples && counted.count > 0) line += " (" + examples_of(counted) + ")";
    lines.push_back(std::move(line));
}

std::string splits_of(const DatasetListing& listing) {
    std::array<int64_t, 3> clips{};
    for (const auto& clip : listing.clips) ++clips[static_cast<size_t>(clip.split)];
    std::string out;
    for (size_t i = 0; i < clips.size(); ++i) {
        if (clips[i] == 0) continue;
        out += (out.empty() ? "" : ", ") + std::to_string(clips[i]) + " " + to_string(static_cast<Split>(i));
    }
    return out;
}

}  // namespace

std::vector<std::string> listing_lines(const DatasetListing& listing) {
    std::vector<std::string> lines;
    lines.push_back(listing.root.string() + ": layout " + to_string(listing.layout) + ", " +
                    std::to_string(listing.clips.size()) + (listing.clips.size() == 1 ? " clip (" : " clips (") +
                    splits_of(listing) + "), " + std::to_string(listing.classes.size()) +
                    (listing.classes.size() == 1 ? " class" : " classes"));
    if (!listing.lists.empty()) {
        Counted lists;
        for (const auto& list : listing.lists) lists.add(list);
        add(lines, "Lists read", lists);
        const auto& counts = listing.counts;
        add(lines, "Listed and found", counts.found, false);
        add(lines, "Listed and not found", counts.missing);
        add(lines, "Found and not listed", counts.unlisted);
        add(lines, "Listed twice", counts.twice);
    } else if (listing.counts.unlisted.count > 0) {
        add(lines, "Left out", listing.counts.unlisted);
    }
    if (!listing.classes.empty()) add(lines, "Classes without a clip", listing.counts.empty_classes);
    for (const auto& note : listing.notes) lines.push_back(note);
    if (!listing.folder_question.empty())
        lines.push_back(listing.folder_question + ". Choose with --folders splits or --folders classes.");
    return lines;
}

}  // namespace rest::dataset
