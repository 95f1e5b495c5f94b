// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/store/database.h"

namespace rest::store {

/// "REST" in SQLite's application_id, so that `file` and we know our own.
constexpr int64_t kApplicationId = 0x52455354;

/// Step n turns version n into version n + 1; what is released is never edited, only added to.
std::span<const char* const> schema_steps();

/// Makes the schema in an empty file.
void make_schema(Database& db, std::span<const char* const> steps = schema_steps());

/// The file's version. Throws Error: unsupported (another program's file), newer_version, damaged (no database, or
/// other tables, views or triggers than that version has).
int64_t check_schema(Database& db, const std::filesystem::path& file,
                     std::span<const char* const> steps = schema_steps());

/// Brings an older version up in one transaction.
void migrate(Database& db, int64_t version, std::span<const char* const> steps = schema_steps());

}  // namespace rest::store
