// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace rest::engine {

struct RankRequest {
    std::filesystem::path clip;  // folder or file of a CLIP model; empty: the demo model
    std::string caption;
    std::vector<std::string> classes;    // as written; they need not be distinct
    std::vector<std::string> templates;  // as CLIP-TAM's; several are averaged
};

struct RankedClass {
    int index = 0;      // into RankRequest::classes
    double cosine = 0;  // of caption and class name
    double margin = 0;  // to the next one's cosine; 0 for the last
};

struct CaptionRanking {
    std::string caption;
    std::vector<RankedClass> classes;  // best first; ties as CLIP-TAM: lower index first
};

/// Ranks class names by a caption, as CLIP-TAM does, on a thread of its own.
///
/// CLIP is loaded with the first request (on the CPU, so that a training keeps its device) and again when its folder
/// changes; features of class names are kept. Only the newest request counts: one that waits is dropped for it without
/// an answer, and so is the answer of one that runs.
class CaptionRanker {
  public:
    /// Called on the ranker's thread. What a user can meet - no model, no classes - is a Problem.
    using Done = std::function<void(const Expected<CaptionRanking>&)>;

    CaptionRanker();
    /// Drops what waits, stops what runs as soon as it can, and joins.
    ~CaptionRanker();

    /// Returns at once; from any thread.
    void rank(RankRequest request, Done done);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::engine
