// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"

namespace rest::study {

/// "RSTY" in SQLite's application_id.
inline constexpr int64_t kApplicationId = 0x52535459;
/// For one clip inside an exported file.
inline constexpr int64_t kMaxClipBytes = int64_t{64} << 20;
inline constexpr size_t kMaxCode = 100;     // characters of an annotator's code
inline constexpr size_t kMaxReason = 1000;  // characters of a skip's reason

/// How a study's file is kept safe and named in errors.
extern const store::FileKind kFileKind;

/// Creates the schema in an empty file.
void make_schema(store::Database& db);

/// Throws Error unless the file contains exactly the tables that make_schema() creates, letter by letter (a view, a
/// trigger or a changed constraint may run code of the file's author), is undamaged throughout and satisfies its own
/// constraints: unsupported (another program's file), newer_version, damaged. `file` is for the message.
void check_file(store::Database& db, const std::filesystem::path& file);

}  // namespace rest::study
