// SPDX-License-Identifier: GPL-3.0-or-later
// Generated captions, the lists W_i of every step, and the origin of each caption.
#include "core/store/project_impl.h"
#include "core/store/texts.h"

namespace rest::store {
namespace {

const std::string kGenerated =
    "SELECT g.video, g.step, t.text, m.text, p.text, g.frame, g.score FROM generated g "
    "JOIN texts t ON t.id = g.text JOIN texts m ON m.id = g.model JOIN texts p ON p.id = g.prompt "
    "WHERE g.run = ?1 AND g.step = ?2 ";
const std::string kGeneratedOrder = "ORDER BY g.video, g.prompt, g.frame ";
constexpr const char* kNextGeneratedStep =
    "SELECT step FROM generated WHERE run = ?1 AND step > ?2 ORDER BY step LIMIT 1";
constexpr const char* kNextListStep = "SELECT step FROM captions WHERE run = ?1 AND step > ?2 ORDER BY step LIMIT 1";

GeneratedCaption read_generated(const Query& query) {
    GeneratedCaption c;
    c.video = query.integer(0);
    c.step = query.number(1);
    c.text = query.text(2);
    c.model = query.text(3);
    c.prompt = query.text(4);
    c.frame = query.number(5);
    c.score = query.real(6);
    return c;
}

/// The first generation of a text (by its key) for a video, in the order of `steps`.
std::optional<GeneratedCaption> find_maker(Project::Impl& impl, RunId run, VideoId video, int64_t text_key,
                                           int last_step, const std::vector<int>& steps) {
    auto query =
        impl.db.query(kGenerated + "AND g.video = ?3 AND coalesce(t.key, t.id) = ?4 " + kGeneratedOrder + "LIMIT 1");
    for (const int step : steps) {
        if (step > last_step) break;
        if (query.with(run, step, video, text_key).next()) return read_generated(query);
    }
    return std::nullopt;
}

/// Appends W_i of one step.
void read_list(Project::Impl& impl, RunId run, VideoId video, int step, const std::vector<int>& steps,
               std::vector<CaptionRecord>& out) {
    auto query = impl.db.query(
        "SELECT c.rank, t.text, c.clip_score, c.origin, c.source, coalesce(t.key, t.id) FROM captions c "
        "JOIN texts t ON t.id = c.text WHERE c.run = ?1 AND c.step = ?2 AND c.video = ?3 ORDER BY c.rank");
    query.with(run, step, video);
    while (query.next()) {
        CaptionRecord c;
        c.step = step;
        c.rank = query.number(0);
        c.text = query.text(1);
        c.clip_score = query.real(2);
        c.origin = impl.enum_value(query.number(3), CaptionOrigin::retrieved);
        c.source_video = query.integer(4);
        c.maker = find_maker(impl, run, c.source_video, query.integer(5), step, steps);
        out.push_back(std::move(c));
    }
}

void require_equal(size_t videos, size_t lists) {
    if (videos == lists) return;
    throw Error(ErrorCode::invalid_argument,
                std::to_string(lists) + " caption lists were given for " + std::to_string(videos) + " videos");
}

}  // namespace

void Project::add_generated(RunId run, std::span<const GeneratedCaption> captions) {
    impl_->write([&] {
        auto query = impl_->db.query(
            "INSERT INTO generated (run, step, video, prompt, frame, text, model, score) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (run, step, video, prompt, frame) DO UPDATE SET "
            "text = excluded.text, model = excluded.model, score = excluded.score");
        for (const auto& c : captions) {
            // The prompt first: prompts then have ids in the order of first use, in which they are read.
            const int64_t prompt = intern_text(impl_->db, c.prompt);
            const int64_t text = intern_text(impl_->db, c.text);
            const int64_t model = intern_text(impl_->db, c.model);
            query.with(run, c.step, c.video, prompt, c.frame, text, model, c.score).run();
        }
    });
}

void Project::put_step(RunId run, int step, std::span<const VideoId> videos,
                       std::span<const std::vector<CaptionRecord>> lists) {
    require_equal(videos.size(), lists.size());
    impl_->write([&] {
        impl_->db.query("DELETE FROM captions WHERE run = ?1 AND step = ?2").with(run, step).run();
        auto query = impl_->db.query(
            "INSERT INTO captions (run, step, video, rank, text, clip_score, origin, source) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        for (size_t n = 0; n < videos.size(); ++n) {
            int rank = 0;
            for (const auto& c : lists[n]) {
                const int64_t text = intern_text(impl_->db, c.text);
                query.with(run, step, videos[n], rank++, text, c.clip_score, static_cast<int>(c.origin), c.source_video)
                    .run();
            }
        }
        auto finish = impl_->db.query("UPDATE runs SET step = ?2 WHERE id = ?1");
        if (finish.with(run, step).run() == 0) impl_->no_such_run(run);
    });
}

std::vector<GeneratedCaption> Project::generated(RunId run, int step) const {
    return impl_->db.run([&] {
        std::vector<GeneratedCaption> found;
        auto query = impl_->db.query(kGenerated + kGeneratedOrder);
        query.with(run, step);
        while (query.next()) found.push_back(read_generated(query));
        return found;
    });
}

std::vector<GeneratedCaption> Project::generated_for(RunId run, VideoId video) const {
    return impl_->db.snapshot([&] {
        std::vector<GeneratedCaption> found;
        const auto steps = impl_->distinct(kNextGeneratedStep, run);
        auto query = impl_->db.query(kGenerated + "AND g.video = ?3 " + kGeneratedOrder);
        for (const int step : steps) {
            query.with(run, step, video);
            while (query.next()) found.push_back(read_generated(query));
        }
        return found;
    });
}

std::vector<CaptionRecord> Project::captions(RunId run, VideoId video) const {
    return impl_->db.snapshot([&] {
        std::vector<CaptionRecord> found;
        const int last = last_step(run);
        const auto generated_steps = impl_->distinct(kNextGeneratedStep, run);
        for (const int step : impl_->distinct(kNextListStep, run)) {
            if (step <= last) read_list(*impl_, run, video, step, generated_steps, found);
        }
        return found;
    });
}

std::vector<CaptionRecord> Project::captions(RunId run, VideoId video, int step) const {
    return impl_->db.snapshot([&] {
        std::vector<CaptionRecord> found;
        read_list(*impl_, run, video, step, impl_->distinct(kNextGeneratedStep, run), found);
        return found;
    });
}

std::vector<std::vector<std::string>> Project::caption_texts(RunId run, int step,
                                                             std::span<const VideoId> videos) const {
    return impl_->db.snapshot([&] {
        std::vector<std::vector<std::string>> found(videos.size());
        auto query = impl_->db.query(
            "SELECT t.text FROM captions c JOIN texts t ON t.id = c.text "
            "WHERE c.run = ?1 AND c.step = ?2 AND c.video = ?3 ORDER BY c.rank");
        for (size_t n = 0; n < videos.size(); ++n) {
            query.with(run, step, videos[n]);
            while (query.next()) found[n].push_back(query.text(0));
        }
        return found;
    });
}

}  // namespace rest::store
