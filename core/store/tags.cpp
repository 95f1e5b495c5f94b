// SPDX-License-Identifier: GPL-3.0-or-later
// What people said of captions, as a project's readers see it.
#include "core/store/project_impl.h"

namespace rest::store {

std::vector<Tag> Project::tags() const {
    return impl_->db.run([&] {
        std::vector<Tag> found;
        auto query = impl_->db.query("SELECT id, name, colour FROM tags ORDER BY position, id LIMIT ?1");
        query.with(static_cast<int64_t>(kMostTags));
        while (query.next()) found.push_back({query.integer(0), query.text(1), query.number(2)});
        return found;
    });
}

std::vector<Tagging> Project::taggings(RunId run, int epoch) const {
    return impl_->db.run([&] {
        std::vector<Tagging> found;
        auto query = impl_->db.query(
            "SELECT g.tag, g.video, t.text, g.who, g.time FROM tagged g JOIN texts t ON t.id = g.caption "
            "JOIN tags k ON k.id = g.tag WHERE g.run = ?1 AND g.epoch = ?2 ORDER BY g.video, k.position, k.id");
        query.with(run, epoch);
        while (query.next())
            found.push_back({query.integer(0), query.integer(1), query.text(2), query.text(3), query.text(4)});
        return found;
    });
}

std::vector<ClipNote> Project::clip_notes(RunId run, int epoch) const {
    return impl_->db.run([&] {
        std::vector<ClipNote> found;
        auto query = impl_->db.query(
            "SELECT n.video, t.text, n.note, n.who, n.time FROM clip_notes n JOIN texts t ON t.id = n.caption "
            "WHERE n.run = ?1 AND n.epoch = ?2 ORDER BY n.video, n.caption");
        query.with(run, epoch);
        while (query.next())
            found.push_back({query.integer(0), query.text(1), query.text(2), query.text(3), query.text(4)});
        return found;
    });
}

std::vector<SavedFilter> Project::saved_filters() const {
    return impl_->db.run([&] {
        std::vector<SavedFilter> found;
        auto query = impl_->db.query("SELECT name, filter, who, time FROM saved_filters ORDER BY name");
        while (query.next()) found.push_back({query.text(0), query.text(1), query.text(2), query.text(3)});
        return found;
    });
}

}  // namespace rest::store
