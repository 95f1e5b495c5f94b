// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/schema.h"

#include <array>

#include "core/store/known_schema.h"

namespace rest::store {
namespace {

// Texts of all kinds (captions, prompts, models) are stored once; `key` is the id of the text in the form in which
// captions are compared, null if the text already has that form. The large tables are clustered by their key and have
// no other index: (run, step, video) finds both a step and a video's part of it.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE project (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE classes (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE videos (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    split INTEGER NOT NULL CHECK (split BETWEEN 0 AND 2),
    label INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    duration_seconds REAL NOT NULL,
    file_bytes INTEGER NOT NULL,
    file_time_ns INTEGER NOT NULL,
    problem TEXT NOT NULL,
    remedy TEXT NOT NULL
) STRICT;
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    key INTEGER REFERENCES texts (id)
) STRICT;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    settings TEXT NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 5),
    message TEXT NOT NULL DEFAULT '',
    epoch INTEGER NOT NULL DEFAULT 0,
    step INTEGER NOT NULL DEFAULT -1
) STRICT;
CREATE TABLE generated (
    run INTEGER NOT NULL REFERENCES runs (id),
    step INTEGER NOT NULL,
    video INTEGER NOT NULL REFERENCES videos (id),
    prompt INTEGER NOT NULL REFERENCES texts (id),
    frame INTEGER NOT NULL,
    text INTEGER NOT NULL REFERENCES texts (id),
    model INTEGER NOT NULL REFERENCES texts (id),
    score REAL NOT NULL,
    PRIMARY KEY (run, step, video, prompt, frame)
) STRICT, WITHOUT ROWID;
CREATE TABLE captions (
    run INTEGER NOT NULL REFERENCES runs (id),
    step INTEGER NOT NULL,
    video INTEGER NOT NULL REFERENCES videos (id),
    rank INTEGER NOT NULL,
    text INTEGER NOT NULL REFERENCES texts (id),
    clip_score REAL NOT NULL,
    origin INTEGER NOT NULL CHECK (origin BETWEEN 0 AND 1),
    source INTEGER NOT NULL REFERENCES videos (id),
    PRIMARY KEY (run, step, video, rank)
) STRICT, WITHOUT ROWID;
CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    value REAL,
    step INTEGER NOT NULL,
    PRIMARY KEY (run, name, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE predictions (
    run INTEGER NOT NULL REFERENCES runs (id),
    epoch INTEGER NOT NULL,
    video INTEGER NOT NULL REFERENCES videos (id),
    caption INTEGER NOT NULL REFERENCES texts (id),
    score REAL NOT NULL,
    predicted INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (run, epoch, video)
) STRICT, WITHOUT ROWID;
)sql";

// Measured without training: a baseline uses the same tables as a run.
constexpr const char* kVersion2 =
    "ALTER TABLE runs ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind BETWEEN 0 AND 3)";

// The clips of a run as they were when it started: role 0 is trained on, 1 measured on.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE run_clips (
    run INTEGER NOT NULL REFERENCES runs (id),
    role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 1),
    position INTEGER NOT NULL,
    video INTEGER NOT NULL REFERENCES videos (id),
    label INTEGER NOT NULL,
    file_bytes INTEGER NOT NULL,
    file_time_ns INTEGER NOT NULL,
    PRIMARY KEY (run, role, position)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array kSteps = {kVersion1, kVersion2, kVersion3};

std::vector<std::string> objects_made_by(std::span<const char* const> steps) {
    Database db(":memory:", Access::create);
    make_schema(db, steps);
    return schema_objects(db);
}

/// The objects of each version as released; cached, as they are needed at every opening.
const std::vector<std::string>& released_objects(size_t version) {
    static const auto made = [] {
        std::array<std::vector<std::string>, kSteps.size()> out;
        for (size_t i = 0; i < out.size(); ++i) out[i] = objects_made_by(std::span(kSteps).first(i + 1));
        return out;
    }();
    return made.at(version - 1);
}

}  // namespace

std::span<const char* const> schema_steps() {
    return kSteps;
}

void make_schema(Database& db, std::span<const char* const> steps) {
    db.transaction([&] {
        db.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        for (const char* step : steps) db.execute(step);
        db.execute("PRAGMA user_version = " + std::to_string(steps.size()));
    });
}

int64_t check_schema(Database& db, const std::filesystem::path& file, std::span<const char* const> steps) {
    if (db.value("PRAGMA application_id") != kApplicationId) {
        throw Error(ErrorCode::unsupported, file.string() + " is not a project of REST Studio",
                    "Choose a folder NAME.rest that the program has made.");
    }
    const int64_t version = db.value("PRAGMA user_version");
    const auto known = static_cast<int64_t>(steps.size());
    if (version > known) {
        throw Error(ErrorCode::newer_version,
                    file.string() + " was written by a newer REST Studio (project version " + std::to_string(version) +
                        "; this program knows up to " + std::to_string(known) + ")",
                    "Install the newer program to open it.");
    }
    if (version < 1) throw Error(ErrorCode::damaged, file.string() + " has no project version", kDamagedRemedy);
    const bool released = steps.data() == kSteps.data();
    const auto count = static_cast<size_t>(version);
    require_schema(db, released ? released_objects(count) : objects_made_by(steps.first(count)), file, {});
    return version;
}

void migrate(Database& db, int64_t version, std::span<const char* const> steps) {
    if (version >= static_cast<int64_t>(steps.size())) return;
    db.transaction([&] {
        for (const char* step : steps.subspan(static_cast<size_t>(version))) db.execute(step);
        db.execute("PRAGMA user_version = " + std::to_string(steps.size()));
    });
}

}  // namespace rest::store
