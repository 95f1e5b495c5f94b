// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/project_impl.h"

namespace rest::store {

void Project::put_run_clips(RunId run, std::span<const RunClip> train, std::span<const RunClip> evaluation) {
    impl_->write([&] {
        impl_->db.query("DELETE FROM run_clips WHERE run = ?1").with(run).run();
        auto query = impl_->db.query(
            "INSERT INTO run_clips (run, role, position, video, label, file_bytes, file_time_ns) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        const auto put = [&](RunClipRole role, std::span<const RunClip> clips) {
            int64_t position = 0;
            for (const auto& clip : clips) {
                query
                    .with(run, static_cast<int>(role), position++, clip.video, clip.label, clip.file_bytes,
                          clip.file_time_ns)
                    .run();
            }
        };
        put(RunClipRole::train, train);
        put(RunClipRole::evaluation, evaluation);
    });
}

std::vector<RunClip> Project::run_clips(RunId run, RunClipRole role) const {
    return impl_->db.run([&] {
        std::vector<RunClip> found;
        auto query = impl_->db.query(
            "SELECT video, label, file_bytes, file_time_ns FROM run_clips WHERE run = ?1 AND role = ?2 "
            "ORDER BY position");
        query.with(run, static_cast<int>(role));
        while (query.next()) found.push_back({query.integer(0), query.number(1), query.integer(2), query.integer(3)});
        return found;
    });
}

}  // namespace rest::store
