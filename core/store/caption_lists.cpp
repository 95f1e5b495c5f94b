// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/caption_lists.h"

#include <limits>

#include "core/store/database.h"
#include "core/store/project_impl.h"
#include "core/store/schema.h"

namespace rest::store {

struct CaptionLists::Impl {
    std::filesystem::path file;
    Database db;

    explicit Impl(const Project& project)
        : file(Project::Impl::database_file(project.folder())), db(file, Access::read_only) {
        check_schema(db, file);
    }
};

CaptionLists::CaptionLists(const Project& project) : impl_(std::make_unique<Impl>(project)) {}
CaptionLists::~CaptionLists() = default;

std::vector<int> CaptionLists::steps(RunId run) const {
    return impl_->db.run([&] {
        // Hops from step to step: the table is clustered by (run, step).
        auto query = impl_->db.query(
            "SELECT c.step FROM captions c JOIN runs r ON r.id = c.run WHERE c.run = ?1 AND c.step > ?2 AND "
            "c.step <= r.step ORDER BY c.step LIMIT 1");
        std::vector<int> found;
        int64_t before = std::numeric_limits<int64_t>::min();
        while (query.with(run, before).next()) {
            found.push_back(query.number(0));
            before = query.integer(0);
        }
        return found;
    });
}

void CaptionLists::visit(RunId run, int step, const std::function<void(const CaptionMention&)>& visit) const {
    impl_->db.run([&] {
        // Distinct texts are few beside the captions: each is looked up once.
        std::unordered_map<TextId, TextId> keys;
        const auto key_of = [&](TextId text) {
            const auto [at, fresh] = keys.try_emplace(text, text);
            if (!fresh) return at->second;
            auto query = impl_->db.query("SELECT coalesce(key, id) FROM texts WHERE id = ?1");
            if (query.with(text).next()) at->second = query.integer(0);
            return at->second;
        };
        auto query = impl_->db.query(
            "SELECT video, text, origin FROM captions WHERE run = ?1 AND step = ?2 ORDER BY video, rank");
        query.with(run, step);
        while (query.next()) {
            const bool retrieved = query.number(2) == static_cast<int>(CaptionOrigin::retrieved);
            visit({query.integer(0), key_of(query.integer(1)), retrieved});
        }
    });
}

std::string CaptionLists::text(TextId id) const {
    return impl_->db.run([&] {
        auto query = impl_->db.query("SELECT text FROM texts WHERE id = ?1");
        return query.with(id).next() ? query.text(0) : std::string();
    });
}

std::unordered_map<VideoId, int> CaptionLists::labels() const {
    return impl_->db.run([&] {
        std::unordered_map<VideoId, int> found;
        auto query = impl_->db.query("SELECT id, label FROM videos");
        while (query.next()) found.emplace(query.integer(0), query.number(1));
        return found;
    });
}

}  // namespace rest::store
