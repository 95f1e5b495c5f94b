// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/store/project.h"

namespace rest::engine {

struct NearVideo {
    store::VideoId video = 0;
    float similarity = 0;  // s_vv (Eq. 3), the cosine of the CLIP features
};

/// The neighbours of one video, and how near some others are to it.
struct Nearness {
    std::vector<NearVideo> nearest;  // most similar first, ties by the run's order; the video itself is not among them
    std::vector<NearVideo> others;   // in the order asked; those that take no part are left out
};

/// The videos of a run by the CLIP features that it retrieved with: the lists that its retrieval steps saw, to the last
/// bit of similarity. Features are read from the project's file row by row (400 MB at 200,000 videos), never held.
/// One thread at a time.
class NearVideos {
  public:
    /// Finds what the run kept. A Problem where that is not there (any more) says why and what to do. Throws what the
    /// store throws.
    static Expected<NearVideos> open(const store::Project& project, store::RunId run);
    NearVideos(NearVideos&&) noexcept;
    NearVideos& operator=(NearVideos&&) noexcept;
    ~NearVideos();

    /// How many of the neighbours the run retrieves from: H less the video itself, at most all others.
    int64_t neighbours() const;
    /// At most `count` neighbours. A Problem for a video that takes no part in the run's retrieval, and for a file that
    /// turns out damaged. Throws Cancelled.
    Expected<Nearness> find(store::VideoId video, int64_t count, std::span<const store::VideoId> others,
                            Task& task) const;

  private:
    struct Impl;
    explicit NearVideos(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::engine
