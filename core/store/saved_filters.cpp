// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tag_book_impl.h"

namespace rest::store {
namespace {

std::optional<SavedFilter> find_filter(Database& db, const std::string& name) {
    auto query = db.query("SELECT name, filter, who, time FROM saved_filters WHERE name = ?1");
    if (!query.with(name).next()) return std::nullopt;
    return SavedFilter{query.text(0), query.text(1), query.text(2), query.text(3)};
}

}  // namespace

std::optional<SavedFilter> TagBook::save_filter(const std::string& name, const std::string& filter,
                                                const std::string& who) {
    const std::string kept = checked_words(name, "The filter's name");
    const std::string by = checked_words(who, "The name of who saves");
    std::optional<SavedFilter> before;
    impl_->db.transaction([&] {
        before = find_filter(impl_->db, kept);
        impl_->db
            .query(
                "INSERT INTO saved_filters (name, filter, who, time) VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%SZ',"
                " 'now')) ON CONFLICT (name) DO UPDATE SET filter = excluded.filter, who = excluded.who, "
                "time = excluded.time")
            .with(kept, filter, by)
            .run();
    });
    return before;
}

std::optional<SavedFilter> TagBook::remove_filter(const std::string& name) {
    std::optional<SavedFilter> before;
    impl_->db.transaction([&] {
        before = find_filter(impl_->db, name);
        impl_->db.query("DELETE FROM saved_filters WHERE name = ?1").with(name).run();
    });
    return before;
}

void TagBook::restore_filter(const SavedFilter& filter) {
    impl_->db.transaction([&] {
        impl_->db
            .query(
                "INSERT INTO saved_filters (name, filter, who, time) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO "
                "UPDATE SET filter = excluded.filter, who = excluded.who, time = excluded.time")
            .with(filter.name, filter.filter, filter.who, filter.time)
            .run();
    });
}

}  // namespace rest::store
