// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/store/database.h"

namespace rest::store {

/// "REST" in SQLite's application_id, which identifies our files to `file` and to us.
constexpr int64_t kApplicationId = 0x52455354;

/// Step n migrates version n to version n + 1; released steps are never edited, only new ones added.
std::span<const char* const> schema_steps();

/// Creates the schema in an empty file.
void make_schema(Database& db, std::span<const char* const> steps = schema_steps());

/// The file's version. Throws Error: unsupported (another program's file), newer_version, damaged (not a database, or
/// other tables, views or triggers than that version has).
int64_t check_schema(Database& db, const std::filesystem::path& file,
                     std::span<const char* const> steps = schema_steps());

/// Migrates an older version in one transaction.
void migrate(Database& db, int64_t version, std::span<const char* const> steps = schema_steps());

}  // namespace rest::store
