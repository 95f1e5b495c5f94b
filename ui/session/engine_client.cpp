// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/engine_client.h"

#include <algorithm>
#include <set>

#include "ui/look/format.h"
#include "ui/session/event_log.h"

namespace rest::ui {

EngineClient::EngineClient(QObject* parent) : QObject(parent) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &EngineClient::flush);
    since_flush_.start();
    engine_ = std::make_unique<engine::Engine>([this](const engine::Event& event) { receive(event); });
}

EngineClient::~EngineClient() {
    engine_.reset();
}

engine::JobId EngineClient::submit(std::unique_ptr<engine::Job> job, const store::RunRef& run) {
    JobInfo known;
    if (job) {
        known.order = job->order();
        known.brief = job->is_brief();
        known.project = text(job->project());
    }
    const engine::JobId id = engine_->submit(std::move(job));
    if (run) run_jobs_[run] = id;
    submitted_[id] = std::move(known);
    flush();  // the queued event is in the inbox already: the window shows it immediately
    return id;
}

void EngineClient::cancel(engine::JobId job) {
    if (JobInfo* known = info(job)) known->state = JobState::stopping;
    held_.erase(job);
    engine_->cancel(job);
    Q_EMIT jobsChanged();
}

void EngineClient::withdraw(engine::JobId job) {
    JobInfo* known = info(job);
    if (!known || known->state == JobState::stopping) return;
    if (known->brief) return cancel(job);
    held_[job] = known->state;
    known->state = JobState::stopping;
    known->withdrawn = true;
    engine_->pause(job);
    QTimer::singleShot(grace_, this, [this, job, turn = ++turns_[job]] {
        if (held_.contains(job) && turns_[job] == turn) cancel(job);
    });
    Q_EMIT withdrawn(*known);
    Q_EMIT jobsChanged();
}

bool EngineClient::takeBack(engine::JobId job) {
    JobInfo* known = info(job);
    const auto held = held_.find(job);
    if (!known || held == held_.end()) return false;
    const JobState before = held->second;
    held_.erase(held);
    known->withdrawn = false;
    known->state = before == JobState::paused ? before : known->begun ? JobState::running : JobState::queued;
    if (before != JobState::paused) engine_->resume(job);
    Q_EMIT jobsChanged();
    return true;
}

bool EngineClient::move(engine::JobId job, engine::JobId before) {
    if (!find(job) || !engine_->move(job, before)) return false;
    if (job == before) return true;
    const auto at = std::ranges::find(jobs_, job, &JobInfo::id);
    JobInfo moved = std::move(*at);
    jobs_.erase(at);
    jobs_.insert(before == 0 ? jobs_.end() : std::ranges::find(jobs_, before, &JobInfo::id), std::move(moved));
    Q_EMIT jobsChanged();
    return true;
}

void EngineClient::pause(engine::JobId job) {
    engine_->pause(job);
}
void EngineClient::resume(engine::JobId job) {
    takeBack(job);
    engine_->resume(job);
}

void EngineClient::cancelAll() {
    for (JobInfo& job : jobs_) job.state = JobState::stopping;
    held_.clear();
    engine_->cancel_all();
    Q_EMIT jobsChanged();
}

const JobInfo* EngineClient::current() const {
    const auto running = std::ranges::find(jobs_, true, &JobInfo::begun);
    if (running != jobs_.end()) return &*running;
    const auto waiting = std::ranges::find(jobs_, false, &JobInfo::withdrawn);
    return waiting != jobs_.end() ? &*waiting : jobs_.empty() ? nullptr : &jobs_.front();
}

const JobInfo* EngineClient::find(engine::JobId job) const {
    const auto found = std::ranges::find(jobs_, job, &JobInfo::id);
    return found == jobs_.end() ? nullptr : &*found;
}

JobInfo* EngineClient::info(engine::JobId job) {
    return const_cast<JobInfo*>(find(job));
}

int EngineClient::queuedCount() const {
    return static_cast<int>(
        std::ranges::count_if(jobs_, [](const JobInfo& job) { return !job.begun && !job.withdrawn; }));
}

engine::JobId EngineClient::jobOfRun(const store::RunRef& run) const {
    const auto found = run_jobs_.find(run);
    return found == run_jobs_.end() ? 0 : found->second;
}

void EngineClient::receive(const engine::Event& event) {
    writeToLog(event);
    std::lock_guard lock(mutex_);
    const auto* progress = std::get_if<engine::JobProgress>(&event);
    if (progress && !inbox_.empty()) {
        if (auto* last = std::get_if<engine::JobProgress>(&inbox_.back()); last && last->job == progress->job) {
            *last = *progress;
            return;
        }
    }
    inbox_.push_back(event);
    if (wake_posted_) return;
    wake_posted_ = true;
    QMetaObject::invokeMethod(this, &EngineClient::wake, Qt::QueuedConnection);
}

void EngineClient::wake() {
    const qint64 waited = since_flush_.elapsed();
    if (waited >= interval_ms) {
        flush();
    } else if (!timer_.isActive()) {
        timer_.start(static_cast<int>(interval_ms - waited));
    }
}

void EngineClient::flush() {
    std::vector<engine::Event> events;
    {
        std::lock_guard lock(mutex_);
        events.swap(inbox_);
        wake_posted_ = false;
    }
    timer_.stop();
    since_flush_.restart();
    if (events.empty()) return;

    bool jobs_changed = false;
    std::set<std::pair<store::RunRef, int>> captions;
    std::set<store::RunRef> runs;
    std::set<std::filesystem::path> videos;
    std::vector<engine::JobFinished> finished;
    for (const engine::Event& event : events) {
        deliver(event);
        if (const auto* e = std::get_if<engine::CaptionsChanged>(&event)) captions.emplace(e->run, e->step);
        if (const auto* e = std::get_if<engine::RunChanged>(&event)) runs.insert(e->run);
        if (const auto* e = std::get_if<engine::JobFinished>(&event)) finished.push_back(*e);
        if (const auto* e = std::get_if<engine::VideosChanged>(&event)) videos.insert(e->project);
        jobs_changed = jobs_changed || event.index() <= 5;
    }
    if (jobs_changed) Q_EMIT jobsChanged();
    if (!log_batch_.isEmpty()) Q_EMIT logged(std::exchange(log_batch_, {}));
    for (auto& [run, points] : std::exchange(metric_batch_, {})) Q_EMIT metricsAdded(run, points);
    for (const auto& project : videos) Q_EMIT videosChanged(project);
    for (const store::RunRef& run : runs) Q_EMIT runChanged(run);
    for (const auto& [run, step] : captions) Q_EMIT captionsChanged(run, step);
    for (const engine::JobFinished& result : finished) {
        if (const auto job = ended_.extract(result.job)) Q_EMIT jobEnded(job.mapped(), result);
        Q_EMIT jobFinished(result);
    }
}

struct EngineClient::Visitor {
    EngineClient& client;

    void operator()(const engine::JobQueued& e) const {
        auto told = client.submitted_.extract(e.job);
        JobInfo job = told ? std::move(told.mapped()) : JobInfo();
        job.id = e.job;
        job.title = text(e.title);
        client.jobs_.push_back(std::move(job));
    }
    void operator()(const engine::JobStarted& e) const {
        JobInfo* job = client.info(e.job);
        if (!job) return;
        job->begun = true;
        if (job->state == JobState::queued) job->state = JobState::running;
    }
    void operator()(const engine::JobProgress& e) const {
        if (JobInfo* job = client.info(e.job)) job->progress = e.progress;
    }
    void operator()(const engine::JobLog& e) const { client.log_batch_.push_back({e.level, text(e.text)}); }
    void operator()(const engine::JobPaused& e) const {
        JobInfo* job = client.info(e.job);
        if (!job || job->state == JobState::stopping) return;
        job->state = e.paused ? JobState::paused : job->begun ? JobState::running : JobState::queued;
    }
    void operator()(const engine::JobFinished& e) const {
        if (const JobInfo* job = client.find(e.job)) client.ended_[e.job] = *job;
        std::erase_if(client.jobs_, [&](const JobInfo& job) { return job.id == e.job; });
        client.held_.erase(e.job);
        client.turns_.erase(e.job);
        std::erase_if(client.run_jobs_, [&](const auto& entry) { return entry.second == e.job; });
    }
    void operator()(const engine::MetricAdded& e) const { client.metric_batch_[e.run].push_back(e.point); }
    void operator()(const engine::VideosChanged&) const {}
    void operator()(const engine::RunChanged& e) const {
        client.run_jobs_[e.run] = e.job;
        // From now on the order resumes this run: otherwise it would start another one.
        JobInfo* job = client.info(e.job);
        if (job && job->order && job->order->run == 0) {
            job->order->run = e.run.id;
            job->order->settings.clear();
        }
    }
    void operator()(const engine::CaptionsChanged&) const {}
};

void EngineClient::deliver(const engine::Event& event) {
    std::visit(Visitor{*this}, event);
}

}  // namespace rest::ui
