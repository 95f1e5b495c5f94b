// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/store/database.h"

namespace rest::store {

/// The tables, indices, views and triggers of a database with their SQL, one line each, sorted.
std::vector<std::string> schema_objects(Database& db);

/// Throws Error (damaged) unless the database contains exactly the objects `expected`, letter by letter: a view, a
/// trigger, a generated column or a changed constraint may run code of the file's author. `file` is for the message.
void require_schema(Database& db, const std::vector<std::string>& expected, const std::filesystem::path& file,
                    const FileKind& kind);

}  // namespace rest::store
