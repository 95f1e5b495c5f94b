// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/dataset/dataset.h"
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
///   CSV     a header that names a video column (as dataset::Columns has them: video, name, path, file, video_id, ...)
///   and
///           a caption column (caption, reference, text, sentence, description), a caption a row; commas, semicolons,
///           tabs or bars between fields
///   JSON lines, or one array   {"video": "a.mp4", "caption": "..."} or {"video": "a.mp4", "captions": ["...", ...]}
///   JSON    {"a.mp4": ["...", ...], ...}, or such an array under "sentences" or "annotations" (MSR-VTT)
/// Throws Error (not_found, io, damaged, unsupported) that names file and line.
ReferenceList read_reference_list(const std::filesystem::path& file);

/// The captions with the references of their videos, names compared as dataset::ClipNames does.
struct MatchedReferences {
    std::vector<ReferencedCaption> captions;  // (n) as `videos`
    dataset::Counted listed_only;             // of the list's videos: not among `videos`
    dataset::Counted unlisted;                // of `videos`: not in the list
};
/// Throws Error (invalid_argument) if the sizes differ.
MatchedReferences match_references(const ReferenceList& list, std::span<const std::string> videos,
                                   std::span<const std::string> captions);

/// Throws Error (invalid_argument) that names both sides when less than half of the videos have references: the scores
/// would be of something else than what was measured.
void require_most_references(const MatchedReferences& matched, const std::filesystem::path& file);

}  // namespace rest::evaluation
