// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unordered_map>

#include "core/store/database.h"
#include "core/study/schema.h"
#include "core/study/study.h"

namespace rest::study {

struct Study::Impl {
    std::filesystem::path file;
    store::OpenMode mode;
    store::Database db;
    StudyInfo info;
    std::vector<StudyClip> clips;
    std::unordered_map<int64_t, size_t> index;  // index into `clips` by clip id

    Impl(std::filesystem::path file_, store::OpenMode mode_, store::Access access);

    void read_info();
    void read_clips();
    void write_info(const StudyInfo& info);
    void write_clip(const StudyClip& clip);
    /// Throws Error (invalid_argument) for a file opened read-only.
    void require_writer() const;
    /// True in the studies folder of a project: there we wrote the clips' paths.
    bool trusts_paths() const;

    /// A number from the file as an enum with values 0 to `last`; a write-protected file is not validated against its
    /// constraints.
    template <class Enum>
    Enum enum_value(int value, Enum last) const {
        if (value >= 0 && value <= static_cast<int>(last)) return static_cast<Enum>(value);
        throw Error(ErrorCode::damaged,
                    "The study " + file.string() + " holds the unknown code " + std::to_string(value),
                    study::kFileKind.damaged_remedy);
    }
};

}  // namespace rest::study
