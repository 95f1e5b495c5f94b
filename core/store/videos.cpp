// SPDX-License-Identifier: GPL-3.0-or-later
// Classes and videos.
#include "core/store/project_impl.h"

namespace rest::store {
namespace {

constexpr const char* kPutVideo =
    "INSERT INTO videos (name, path, split, label, frames, width, height, duration_seconds, file_bytes, file_time_ns, "
    "problem, remedy) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (name) DO UPDATE SET "
    "path = excluded.path, split = excluded.split, label = excluded.label, frames = excluded.frames, "
    "width = excluded.width, height = excluded.height, duration_seconds = excluded.duration_seconds, "
    "file_bytes = excluded.file_bytes, file_time_ns = excluded.file_time_ns, problem = excluded.problem, "
    "remedy = excluded.remedy";

const std::string kVideo =
    "SELECT id, name, path, split, label, frames, width, height, duration_seconds, file_bytes, file_time_ns, problem, "
    "remedy FROM videos ";

VideoRecord read_video(const Project::Impl& impl, const Query& query) {
    VideoRecord v;
    v.id = query.integer(0);
    v.name = query.text(1);
    v.path = query.text(2);
    v.split = impl.enum_value(query.number(3), dataset::Split::test);
    v.label = query.number(4);
    v.frames = query.integer(5);
    v.width = query.number(6);
    v.height = query.number(7);
    v.duration_seconds = query.real(8);
    v.file_bytes = query.integer(9);
    v.file_time_ns = query.integer(10);
    v.problem = query.text(11);
    v.remedy = query.text(12);
    return v;
}

template <class Key>
std::optional<VideoRecord> find_video(Project::Impl& impl, const std::string& where, const Key& key) {
    return impl.db.run([&]() -> std::optional<VideoRecord> {
        auto query = impl.db.query(kVideo + where);
        if (!query.with(key).next()) return std::nullopt;
        return read_video(impl, query);
    });
}

}  // namespace

void Project::set_classes(std::span<const std::string> names) {
    impl_->write([&] {
        impl_->db.query("DELETE FROM classes").run();
        auto query = impl_->db.query("INSERT INTO classes (id, name) VALUES (?1, ?2)");
        for (size_t i = 0; i < names.size(); ++i) query.with(static_cast<int64_t>(i), names[i]).run();
    });
}

std::vector<std::string> Project::classes() const {
    return impl_->db.run([&] {
        std::vector<std::string> names;
        auto query = impl_->db.query("SELECT name FROM classes ORDER BY id");
        while (query.next()) names.push_back(query.text(0));
        return names;
    });
}

void Project::put_videos(std::span<const VideoRecord> videos) {
    impl_->write([&] {
        auto query = impl_->db.query(kPutVideo);
        for (const auto& v : videos) {
            query
                .with(v.name, v.path, static_cast<int>(v.split), v.label, v.frames, v.width, v.height,
                      v.duration_seconds, v.file_bytes, v.file_time_ns, v.problem, v.remedy)
                .run();
        }
    });
}

std::vector<VideoRecord> Project::videos() const {
    return impl_->db.snapshot([&] {
        std::vector<VideoRecord> found;
        found.reserve(static_cast<size_t>(video_count()));
        auto query = impl_->db.query(kVideo + "ORDER BY id");
        while (query.next()) found.push_back(read_video(*impl_, query));
        return found;
    });
}

std::optional<VideoRecord> Project::video(VideoId id) const {
    return find_video(*impl_, "WHERE id = ?1", id);
}

std::optional<VideoRecord> Project::video(const std::string& name) const {
    return find_video(*impl_, "WHERE name = ?1", name);
}

int64_t Project::video_count() const {
    return impl_->db.run([&] {
        auto query = impl_->db.query("SELECT count(*) FROM videos");
        query.next();
        return query.integer(0);
    });
}

}  // namespace rest::store
