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
    std::vector<std::string> templates;  // like CLIP-TAM's; several are averaged
};

struct RankedClass {
    int index = 0;      // into RankRequest::classes
    double cosine = 0;  // between caption and class name
    double margin = 0;  // lead over the next one's cosine; 0 for the last
};

struct CaptionRanking {
    std::string caption;
    std::vector<RankedClass> classes;  // best first; ties like CLIP-TAM: lower index first
};

/// Ranks class names by a caption, like CLIP-TAM, on its own thread.
///
/// CLIP is loaded with the first request (on the CPU, so that training keeps its device) and again if its folder
/// changes; features of class names are cached. Only the newest request counts: a waiting one is dropped without an
/// answer, and so is the answer of a running one.
class CaptionRanker {
  public:
    /// Called on the ranker's thread. Expected failures - no model, no classes - are a Problem.
    using Done = std::function<void(const Expected<CaptionRanking>&)>;

    CaptionRanker();
    /// Drops the waiting request, stops the running one as soon as possible, and joins.
    ~CaptionRanker();

    /// Returns immediately; from any thread.
    void rank(RankRequest request, Done done);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::engine
