// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/known_schema.h"

#include <algorithm>
#include <limits>

namespace rest::store {
namespace {

/// At most `most` of them: a malicious file may seem to contain them endlessly.
std::vector<std::string> first_objects(Database& db, int64_t most) {
    return db.run([&] {
        std::vector<std::string> found;
        auto query = db.query(
            "SELECT type || '|' || name || '|' || tbl_name || '|' || ifnull(sql, '') FROM sqlite_schema LIMIT ?1");
        query.with(most);
        while (query.next()) found.push_back(query.text(0));
        std::sort(found.begin(), found.end());
        return found;
    });
}

}  // namespace

std::vector<std::string> schema_objects(Database& db) {
    return first_objects(db, std::numeric_limits<int64_t>::max());
}

void require_schema(Database& db, const std::vector<std::string>& expected, const std::filesystem::path& file,
                    const FileKind& kind) {
    if (first_objects(db, std::ssize(expected) + 1) == expected) return db.schema_is_known();
    throw Error(ErrorCode::damaged,
                std::string("The ") + kind.noun + " " + file.string() +
                    " holds other tables, views or triggers than the program makes",
                kind.damaged_remedy);
}

}  // namespace rest::store
