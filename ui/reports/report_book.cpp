// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_book.h"

#include <algorithm>

#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {

ReportBook::ReportBook(ProjectSession& session, EngineClient& engine, QObject* parent)
    : QObject(parent), session_(session) {
    const auto forget = [this] {
        known_.clear();
        reading_.clear();
        again_.clear();
        listing_ = list_again_ = false;
        evaluations_ = {};
        Q_EMIT listChanged();
    };
    connect(&session_, &ProjectSession::closed, this, forget);
    connect(&session_, &ProjectSession::opened, this, [this, forget] {
        forget();
        reload();
    });
    connect(&engine, &EngineClient::runChanged, this, &ReportBook::readAgain);
    connect(&engine, &EngineClient::metricsAdded, this, [this](const store::RunRef& run, const auto& points) {
        const bool measured = std::ranges::any_of(points, store::is_epoch_metric, &store::MetricPoint::name);
        if (measured) readAgain(run);
    });
}

void ReportBook::readAgain(const store::RunRef& run) {
    if (!session_.holds(run)) return;
    reload();
    for (const auto& [key, found] : known_) {
        if (key.run == run) read(key);
    }
}

bool ReportBook::has(ReportKey key) const {
    return evaluations_.find(key) != nullptr;
}

ReportPtr ReportBook::report(ReportKey key) const {
    const auto found = known_.find(key);
    return found == known_.end() ? nullptr : found->second.report;
}

QString ReportBook::problem(ReportKey key) const {
    const auto found = known_.find(key);
    return found == known_.end() ? QString() : found->second.problem;
}

void ReportBook::want(ReportKey key) {
    if (key.run && session_.holds(key.run) && !known_.contains(key) && !reading_.contains(key)) read(key);
}

void ReportBook::reload() {
    if (listing_) {
        list_again_ = true;
        return;
    }
    if (!session_.isOpen()) return;
    listing_ = true;
    session_.read(
        this, [](const store::Project& project) { return engine::stored_evaluations(project); },
        [this](std::vector<engine::StoredEvaluation> found) {
            listing_ = false;
            EvaluationList list{session_.ref().project, std::move(found)};
            if (list != evaluations_) {
                evaluations_ = std::move(list);
                Q_EMIT listChanged();
            }
            if (std::exchange(list_again_, false)) reload();
        },
        [this] { listing_ = list_again_ = false; });
}

void ReportBook::read(ReportKey key) {
    if (!reading_.insert(key).second) {
        again_.insert(key);
        return;
    }
    session_.read(
        this,
        [key](const store::Project& project) -> Read {
            try {
                auto result = engine::stored_report(project, key.run.id, key.epoch);
                return {std::make_shared<const Report>(makeReport(std::move(result), key.run.project)), {}};
            } catch (const Error& error) {
                return {nullptr, text(error.full_text())};
            }
        },
        [this, key](Read found) { take(key, std::move(found)); },
        [this, key] {
            take(key, {nullptr, tr("This evaluation cannot be read.")});
        });
}

void ReportBook::take(ReportKey key, Read found) {
    reading_.erase(key);
    Read& known = known_[key];
    const bool same = known.report && found.report && samePredictions(*known.report, *found.report);
    if (!same) {
        known = std::move(found);
        Q_EMIT reportChanged(key);
    }
    if (again_.erase(key) > 0) read(key);
}

}  // namespace rest::ui
