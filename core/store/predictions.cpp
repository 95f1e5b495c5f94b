// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>

#include "core/store/project_impl.h"
#include "core/store/texts.h"

namespace rest::store {
namespace {

const std::string kPrediction =
    "SELECT p.video, t.text, p.score, p.predicted, p.rank, p.nearest FROM predictions p JOIN texts t ON t.id = "
    "p.caption "
    "WHERE p.run = ?1 AND p.epoch = ?2 ";
constexpr const char* kNextEpoch = "SELECT epoch FROM predictions WHERE run = ?1 AND epoch > ?2 ORDER BY epoch LIMIT 1";

constexpr size_t kNearBytes = 8;  // of a class: label and cosine
constexpr size_t kMostNear = 16;  // more than anybody writes

void put_word(std::string& out, uint32_t word) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(word >> shift & 0xff);
}

uint32_t word_at(const std::string& bytes, size_t at) {
    uint32_t word = 0;
    for (size_t i = 0; i < 4; ++i) word |= uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return word;
}

std::string packed(std::span<const NearClass> nearest) {
    std::string out;
    for (const auto& near : nearest) {
        put_word(out, std::bit_cast<uint32_t>(int32_t{near.label}));
        put_word(out, std::bit_cast<uint32_t>(near.cosine));
    }
    return out;
}

std::vector<NearClass> unpacked(const std::string& bytes) {
    if (bytes.size() % kNearBytes != 0 || bytes.size() > kNearBytes * kMostNear) {
        throw Error(ErrorCode::damaged,
                    "A prediction's nearest classes take " + std::to_string(bytes.size()) + " bytes", kDamagedRemedy);
    }
    std::vector<NearClass> nearest;
    for (size_t at = 0; at < bytes.size(); at += kNearBytes)
        nearest.push_back(
            {std::bit_cast<int32_t>(word_at(bytes, at)), std::bit_cast<float>(word_at(bytes, at + kNearBytes / 2))});
    return nearest;
}

PredictionRecord read_prediction(const Query& query) {
    PredictionRecord p;
    p.video = query.integer(0);
    p.caption = query.text(1);
    p.score = query.real(2);
    p.predicted = query.number(3);
    p.rank = query.number(4);
    p.nearest = unpacked(query.text(5));
    return p;
}

}  // namespace

void Project::put_predictions(RunId run, int epoch, std::span<const PredictionRecord> predictions) {
    impl_->write([&] {
        auto query = impl_->db.query(
            "INSERT INTO predictions (run, epoch, video, caption, score, predicted, rank, nearest) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (run, epoch, video) DO UPDATE SET "
            "caption = excluded.caption, score = excluded.score, predicted = excluded.predicted, rank = excluded.rank, "
            "nearest = excluded.nearest");
        for (const auto& p : predictions) {
            const std::string nearest = packed(p.nearest);
            query.with(run, epoch, p.video, intern_text(impl_->db, p.caption), p.score, p.predicted, p.rank)
                .blob(8, nearest)
                .run();
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
