// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/small_clip_folder.h"

#include <cmath>

#include "core/base/file_error.h"

namespace rest::study {

namespace fs = std::filesystem;

SmallClipFolder::SmallClipFolder(const Study& study, const SmallClipSettings& settings, fs::path folder)
    : study_(study), settings_(settings), folder_(std::move(folder)) {
    make_folder(folder_);
}

// The name contains everything that the content depends on.
fs::path SmallClipFolder::file(const StudyClip& clip) const {
    std::string name = study_.info().uuid;
    for (const int64_t part :
         {clip.id, clip.file_bytes, clip.file_time_ns, int64_t{settings_.short_side}, int64_t{settings_.quality},
          static_cast<int64_t>(std::llround(settings_.max_frames_per_second * 1000))}) {
        name += "_" + std::to_string(part);
    }
    return folder_ / (name + ".mp4");
}

std::optional<Problem> SmallClipFolder::make(const StudyClip& clip, Task& task) const {
    const auto to = file(clip);
    if (fs::exists(to)) return std::nullopt;
    if (const auto problem = file_problem(clip); !problem.empty()) {
        return Problem{ErrorCode::not_found, clip.path, problem, "Bring the file back and export again."};
    }
    return write_small_clip(clip.path, to, settings_, task);
}

}  // namespace rest::study
