// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_work.h"

#include "core/engine/downloads/model_jobs.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"

namespace rest::ui {

ModelWork::ModelWork(EngineClient& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine_, &EngineClient::jobsChanged, this, &ModelWork::changed);
    connect(&engine_, &EngineClient::progressed, this, &ModelWork::changed);
    connect(&engine_, &EngineClient::jobFinished, this, &ModelWork::take);
}

void ModelWork::get(const models::CatalogueEntry& entry, const models::HubSettings& hub) {
    if (idOf(entry.name) != 0) return;
    start(engine::make_download_job({.entry = entry, .places = models::default_places(), .hub = hub}),
          {entry.name, true});
}

void ModelWork::check(const std::string& name, const models::Catalogue& catalogue) {
    if (idOf(name) != 0) return;
    start(engine::make_model_check_job({catalogue, models::default_places(), name}), {name, false});
}

void ModelWork::cancel(const std::string& name) {
    engine_.cancel(idOf(name));
}

engine::JobId ModelWork::idOf(const std::string& name) const {
    for (const auto& [id, work] : jobs_) {
        if (work.name == name) return id;
    }
    return 0;
}

const JobInfo* ModelWork::jobOf(const std::string& name) const {
    return engine_.find(idOf(name));
}

std::map<std::string, QString> ModelWork::words() const {
    std::map<std::string, QString> words;
    for (const auto& [id, work] : jobs_) {
        const JobInfo* job = engine_.find(id);
        if (!job) continue;
        const auto& p = job->progress;
        QString state = work.download ? tr("Downloading") : tr("Checking");
        if (p.total > 0) state += QStringLiteral(" %1 %").arg(100 * p.done / p.total);
        if (job->state == JobState::queued) state = tr("Waiting");
        if (job->state == JobState::paused) state = tr("Paused");
        if (job->state == JobState::stopping) state = tr("Stopping…");
        words[work.name] = state;
    }
    return words;
}

Failure ModelWork::failureOf(const std::string& name) const {
    const auto found = failures_.find(name);
    return found == failures_.end() ? Failure() : found->second;
}

void ModelWork::setFailure(const std::string& name, const Failure& failure) {
    failures_[name] = failure;
    Q_EMIT changed();
}

void ModelWork::start(std::unique_ptr<engine::Job> job, const Work& work) {
    failures_.erase(work.name);
    jobs_[engine_.submit(std::move(job))] = work;
    Q_EMIT changed();
}

void ModelWork::take(const engine::JobFinished& result) {
    const auto job = jobs_.extract(result.job);
    if (!job) return;
    if (result.outcome == engine::Outcome::failed)
        failures_[job.mapped().name] = {text(result.message), text(result.remedy)};
    Q_EMIT changed();
    Q_EMIT finished(result.outcome == engine::Outcome::succeeded ? text(result.message) : QString());
}

}  // namespace rest::ui
