// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/schema.h"

#include <vector>

#include "core/store/known_schema.h"

namespace rest::study {
namespace {

constexpr int64_t kVersion = 1;

// The constraints are strict, as quick_check validates every row of a returned file against them. Keys come first and
// in order: otherwise SQLite 3.40's quick_check mistakes them for null in WITHOUT ROWID tables.
constexpr const char* kSchema = R"sql(
CREATE TABLE study (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (length(value) <= 100000)
) STRICT, WITHOUT ROWID;
CREATE TABLE clips (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 9999999),
    role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 2),
    name TEXT NOT NULL CHECK (length(name) <= 10000),
    path TEXT NOT NULL CHECK (length(path) <= 10000),
    file_bytes INTEGER NOT NULL,
    file_time_ns INTEGER NOT NULL,
    caption TEXT NOT NULL CHECK (length(caption) <= 10000),
    label TEXT NOT NULL CHECK (length(label) <= 10000),
    tam INTEGER CHECK (tam BETWEEN 0 AND 1),
    known INTEGER CHECK (known BETWEEN 0 AND 1),
    feedback TEXT NOT NULL CHECK (length(feedback) <= 10000),
    people_elsewhere INTEGER NOT NULL CHECK (people_elsewhere BETWEEN 0 AND 1000000)
) STRICT;
CREATE TABLE clip_files (
    clip INTEGER PRIMARY KEY REFERENCES clips (id),
    content BLOB NOT NULL CHECK (length(content) <= 67108864)
) STRICT;
CREATE TABLE annotators (
    uuid TEXT PRIMARY KEY CHECK (length(uuid) = 32 AND uuid NOT GLOB '*[^0-9a-f]*'),
    code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(code) BETWEEN 1 AND 120),
    created TEXT NOT NULL CHECK (length(created) <= 40)
) STRICT, WITHOUT ROWID;
CREATE TABLE reservations (
    clip INTEGER NOT NULL REFERENCES clips (id),
    annotator TEXT NOT NULL REFERENCES annotators (uuid),
    PRIMARY KEY (clip, annotator)
) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
    annotator TEXT NOT NULL REFERENCES annotators (uuid),
    clip INTEGER NOT NULL REFERENCES clips (id),
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 1000000000),
    sitting TEXT NOT NULL CHECK (length(sitting) = 32 AND sitting NOT GLOB '*[^0-9a-f]*'),
    choice INTEGER NOT NULL CHECK (choice BETWEEN 0 AND 3),
    reason TEXT NOT NULL CHECK (length(reason) <= 1000),
    milliseconds INTEGER NOT NULL CHECK (milliseconds BETWEEN 0 AND 1000000000),
    replays INTEGER NOT NULL CHECK (replays BETWEEN 0 AND 1000000),
    time TEXT NOT NULL CHECK (length(time) <= 40),
    PRIMARY KEY (annotator, clip, sequence, sitting)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_clip ON answers (clip);
)sql";

const std::vector<std::string>& expected_objects() {
    static const std::vector<std::string> expected = [] {
        store::Database db(":memory:", store::Access::create, kFileKind);
        make_schema(db);
        return store::schema_objects(db);
    }();
    return expected;
}

}  // namespace

const store::FileKind kFileKind{
    .noun = "study",
    .damaged_remedy =
        "Ask for the file once more, or go back to a copy of it. Other files of the study are not concerned.",
    .single_file = true};

void make_schema(store::Database& db) {
    db.transaction([&] {
        db.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        db.execute(kSchema);
        db.execute("PRAGMA user_version = " + std::to_string(kVersion));
    });
}

void check_file(store::Database& db, const std::filesystem::path& file) {
    if (db.value("PRAGMA application_id") != kApplicationId) {
        throw Error(ErrorCode::unsupported, file.string() + " is not a study of REST Studio",
                    "Choose a file NAME.study that the program has made.");
    }
    const int64_t version = db.value("PRAGMA user_version");
    if (version > kVersion) {
        throw Error(ErrorCode::newer_version,
                    file.string() + " was written by a newer REST Studio (study version " + std::to_string(version) +
                        "; this program knows up to " + std::to_string(kVersion) + ")",
                    "Install the newer program to open it.");
    }
    if (version != kVersion) {
        throw Error(ErrorCode::damaged, "The study " + file.string() + " has no study version",
                    kFileKind.damaged_remedy);
    }
    store::require_schema(db, expected_objects(), file, kFileKind);
    db.quick_check();
    const bool strays = db.run([&] { return db.query("PRAGMA foreign_key_check").with().next(); });
    if (strays) {
        throw Error(ErrorCode::damaged, "The study " + file.string() + " holds answers to clips or of people it lacks",
                    kFileKind.damaged_remedy);
    }
}

}  // namespace rest::study
