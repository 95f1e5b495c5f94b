// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/store/database.h"

namespace rest::store {

/// The tables, indices, views and triggers of a database, with the SQL that makes them, one line each, sorted.
std::vector<std::string> schema_objects(Database& db);

/// Throws Error (damaged) unless the database holds just the objects `expected`, letter by letter: a view, a trigger, a
/// generated column or a changed rule may run code of whoever made the file. `file` is for the message.
void require_schema(Database& db, const std::vector<std::string>& expected, const std::filesystem::path& file,
                    const FileKind& kind);

}  // namespace rest::store
