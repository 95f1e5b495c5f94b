// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_clip_files.h"

#include <unistd.h>

#include <algorithm>

#include "core/base/atomic_file.h"

namespace rest::study {

namespace fs = std::filesystem;

StudyClipFiles::StudyClipFiles() {
    std::string pattern = (fs::temp_directory_path() / "rest-study.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw Error(ErrorCode::io, "Cannot create a folder for clips in " + fs::temp_directory_path().string(),
                    "Free some space there.");
    }
    folder_ = pattern;
}

StudyClipFiles::~StudyClipFiles() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

fs::path StudyClipFiles::file_for(const RatingItem& item) {
    constexpr size_t kKept = 4;
    if (!item.source.problem.empty()) return {};
    if (item.source.bytes.empty()) return item.source.path;
    const fs::path file = folder_ / (std::to_string(item.clip) + ".mp4");
    std::erase(written_, file);
    written_.push_back(file);
    if (!fs::exists(file)) write_file_atomically(file, item.source.bytes);
    while (written_.size() > kKept) {
        std::error_code ignored;
        fs::remove(written_.front(), ignored);
        written_.pop_front();
    }
    return file;
}

}  // namespace rest::study
