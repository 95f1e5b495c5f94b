// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/texts.h"

#include <optional>

#include "core/base/strings.h"

namespace rest::store {
namespace {

std::optional<int64_t> find_text(Database& db, const std::string& text) {
    auto query = db.query("SELECT id FROM texts WHERE text = ?1");
    if (query.with(text).next()) return query.integer(0);
    return std::nullopt;
}

int64_t inserted_id(Database& db) {
    auto query = db.query("SELECT last_insert_rowid()");
    query.next();
    return query.integer(0);
}

}  // namespace

int64_t intern_text(Database& db, const std::string& text) {
    if (const auto id = find_text(db, text)) return *id;
    const std::string key = caption_key(text);
    if (key == text) {
        db.query("INSERT INTO texts (text) VALUES (?1)").with(text).run();
    } else {
        const int64_t key_id = intern_text(db, key);
        db.query("INSERT INTO texts (text, key) VALUES (?1, ?2)").with(text, key_id).run();
    }
    return inserted_id(db);
}

}  // namespace rest::store
