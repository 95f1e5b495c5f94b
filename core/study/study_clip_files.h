// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <filesystem>

#include "core/study/rating_session.h"

namespace rest::study {

/// Clips stored inside a study, written out as files for a player. They are in a private temporary folder under
/// generated names, only the last few at a time, and are deleted with this object. One thread.
class StudyClipFiles {
  public:
    /// Throws Error (io).
    StudyClipFiles();
    ~StudyClipFiles();
    StudyClipFiles(const StudyClipFiles&) = delete;
    StudyClipFiles& operator=(const StudyClipFiles&) = delete;

    /// A playable file: the clip's own, or one written now. Empty if the item's source has a problem. The last four
    /// requested stay.
    std::filesystem::path file_for(const RatingItem& item);

  private:
    std::filesystem::path folder_;
    std::deque<std::filesystem::path> written_;
};

}  // namespace rest::study
