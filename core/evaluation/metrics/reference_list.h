// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/evaluation/metrics/reference_metrics.h"

namespace rest::evaluation {

/// A video's reference captions in a list.
struct VideoReferences {
    std::string video;
    std::vector<std::string> captions;  // at least one
};

struct ReferenceList {
    std::vector<VideoReferences> videos;  // each once, in order of first appearance
    std::vector<Problem> problems;        // rows without video or caption, skipped
};

/// Reads reference captions in one of these forms:
///   CSV     a header with a video column (video, name, path, file, video_id) and a caption column (caption,
///           reference, text, description), one caption per row
///   JSON lines, or one array   {"video": "a.mp4", "caption": "..."} or {"video": "a.mp4", "captions": ["...", ...]}
///   JSON    {"a.mp4": ["...", ...], ...}
/// Throws Error (not_found, io, damaged, unsupported) that names file and line.
ReferenceList read_reference_list(const std::filesystem::path& file);

/// The captions with the references of their videos, names compared as in dataset::ClipNames. `listed_only` counts the
/// list's videos that are not among `videos`.
struct MatchedReferences {
    std::vector<ReferencedCaption> captions;  // (n) as `videos`
    int64_t listed_only = 0;
};
/// Throws Error (invalid_argument) if the sizes differ.
MatchedReferences match_references(const ReferenceList& list, std::span<const std::string> videos,
                                   std::span<const std::string> captions);

}  // namespace rest::evaluation
