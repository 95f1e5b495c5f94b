// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/store/records.h"

namespace rest::store {

using TagId = int64_t;

/// A kind of failure, or whatever people want to find captions by.
struct Tag {
    TagId id = 0;
    std::string name;  // unique whatever the case
    int colour = 0;    // 0 .. kTagColours - 1; what each looks like is the window's

    bool operator==(const Tag&) const = default;
};

constexpr int kTagColours = 10;
constexpr size_t kMostTags = 64;

/// A caption of a video: what a tag or a note says something of.
struct TaggedClip {
    VideoId video = 0;
    std::string caption;
};

/// A tag on a caption, and who put it there.
struct Tagging {
    TagId tag = 0;
    VideoId video = 0;
    std::string caption;
    std::string who;
    std::string time;  // ISO 8601, UTC

    bool operator==(const Tagging&) const = default;
};

struct ClipNote {
    VideoId video = 0;
    std::string caption;
    std::string text;
    std::string who;
    std::string time;  // ISO 8601, UTC

    bool operator==(const ClipNote&) const = default;
};

/// A tagging with the evaluation that it belongs to.
struct PlacedTagging {
    RunId run = 0;
    int epoch = 0;
    Tagging tagging;
};

/// A tag that was removed, with all that it was put on: what it takes to bring it back.
struct RemovedTag {
    Tag tag;
    int position = 0;
    std::vector<PlacedTagging> taggings;
};

/// A filter of the gallery under a name; what is in it is the gallery's.
struct SavedFilter {
    std::string name;
    std::string filter;  // JSON
    std::string who;
    std::string time;  // ISO 8601, UTC

    bool operator==(const SavedFilter&) const = default;
};

}  // namespace rest::store
