// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/store/made_project.h"

namespace rest::test {

inline std::filesystem::path database_of(const std::filesystem::path& project) {
    return project / "project.sqlite";
}

/// Changes a database as another program would, bypassing our checks.
inline void execute(const std::filesystem::path& database, const std::string& sql) {
    SQLite::Database(database.string(), SQLite::OPEN_READWRITE).exec(sql);
}

/// A project of 2,000 videos, closed.
inline std::filesystem::path filled_project(const ProjectPlace& place) {
    store::Project project = store::Project::create(place.folder());
    put_videos(project, 2000);
    return project.folder();
}

}  // namespace rest::test
