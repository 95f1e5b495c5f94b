// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/project_impl.h"
#include "core/store/texts.h"

namespace rest::store {
namespace {

const std::string kPrediction =
    "SELECT p.video, t.text, p.score, p.predicted, p.rank FROM predictions p JOIN texts t ON t.id = p.caption "
    "WHERE p.run = ?1 AND p.epoch = ?2 ";
constexpr const char* kNextEpoch = "SELECT epoch FROM predictions WHERE run = ?1 AND epoch > ?2 ORDER BY epoch LIMIT 1";

PredictionRecord read_prediction(const Query& query) {
    PredictionRecord p;
    p.video = query.integer(0);
    p.caption = query.text(1);
    p.score = query.real(2);
    p.predicted = query.number(3);
    p.rank = query.number(4);
    return p;
}

}  // namespace

void Project::put_predictions(RunId run, int epoch, std::span<const PredictionRecord> predictions) {
    impl_->write([&] {
        auto query = impl_->db.query(
            "INSERT INTO predictions (run, epoch, video, caption, score, predicted, rank) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (run, epoch, video) DO UPDATE SET "
            "caption = excluded.caption, score = excluded.score, predicted = excluded.predicted, rank = excluded.rank");
        for (const auto& p : predictions) {
            query.with(run, epoch, p.video, intern_text(impl_->db, p.caption), p.score, p.predicted, p.rank).run();
        }
    });
}

std::vector<PredictionRecord> Project::predictions(RunId run, int epoch) const {
    return impl_->db.run([&] {
        std::vector<PredictionRecord> found;
        auto query = impl_->db.query(kPrediction + "ORDER BY p.video");
        query.with(run, epoch);
        while (query.next()) found.push_back(read_prediction(query));
        return found;
    });
}

std::vector<int> Project::prediction_epochs(RunId run) const {
    return impl_->db.snapshot([&] { return impl_->distinct(kNextEpoch, run); });
}

std::vector<std::pair<int, PredictionRecord>> Project::predictions_for(RunId run, VideoId video) const {
    return impl_->db.snapshot([&] {
        std::vector<std::pair<int, PredictionRecord>> found;
        const auto epochs = impl_->distinct(kNextEpoch, run);
        auto query = impl_->db.query(kPrediction + "AND p.video = ?3");
        for (const int epoch : epochs) {
            if (query.with(run, epoch, video).next()) found.emplace_back(epoch, read_prediction(query));
        }
        return found;
    });
}

}  // namespace rest::store
