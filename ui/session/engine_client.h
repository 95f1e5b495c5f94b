// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/engine/queue/engine.h"

namespace rest::ui {

enum class JobState { queued, running, paused, stopping };

/// A queued or running job, as reported by the events so far.
struct JobInfo {
    engine::JobId id = 0;
    QString title;
    JobState state = JobState::queued;
    Progress progress;
    bool begun = false;
    bool brief = false;                     // takes seconds: cancelled immediately
    bool withdrawn = false;                 // will be cancelled unless taken back; its state is stopping
    QString project;                        // folder; empty for a job that has none, or does not say
    std::optional<engine::JobOrder> order;  // contains the run as soon as there is one
};

struct LogLine {
    LogLevel level = LogLevel::info;
    QString text;
};

/// Owns the engine and turns its events into signals on the window's thread.
///
/// Events are gathered and delivered at most about 20 times a second, so that no flood of progress or metrics can
/// block the window; of progress only the newest is delivered. All calls from the window's thread.
class EngineClient : public QObject {
    Q_OBJECT

  public:
    explicit EngineClient(QObject* parent = nullptr);
    ~EngineClient() override;

    /// `run`: the run that the job resumes, if known before the job begins.
    engine::JobId submit(std::unique_ptr<engine::Job> job, const store::RunRef& run = {});
    void cancel(engine::JobId job);
    void pause(engine::JobId job);
    void resume(engine::JobId job);  // takes a withdrawn one back
    void cancelAll();

    /// Cancels a job so that it can be taken back: it is paused now and cancelled for good after `grace` ms. Paused
    /// instead of left running, since whoever cancels wants the machine now, and since its work in the meantime could
    /// not be undone; paused instead of cancelled, since a job that resumes from there has lost nothing. A brief job is
    /// cancelled immediately.
    void withdraw(engine::JobId job);
    /// The job runs, or waits, again as if nothing had happened. False if it has ended.
    bool takeBack(engine::JobId job);
    void setGrace(int milliseconds) { grace_ = milliseconds; }
    int grace() const { return grace_; }
    /// Moves a waiting job before another waiting one, or to the end (0). False if one of them is not waiting any more.
    bool move(engine::JobId job, engine::JobId before);
    /// In the order in which they run, including withdrawn ones.
    const std::vector<JobInfo>& jobs() const { return jobs_; }

    bool busy() const { return !jobs_.empty(); }
    /// The running (or paused) job, else the first queued one; nullptr if there is none.
    const JobInfo* current() const;
    const JobInfo* find(engine::JobId job) const;
    int queuedCount() const;
    /// The job that works on a run or waits to resume it, 0 if there is none.
    engine::JobId jobOfRun(const store::RunRef& run) const;

  Q_SIGNALS:
    void jobsChanged();  // a job was added or removed, or its state, position or progress changed
    void jobFinished(const rest::engine::JobFinished& result);
    void withdrawn(const rest::ui::JobInfo& job);
    /// Just before jobFinished(): the job as it was.
    void jobEnded(const rest::ui::JobInfo& job, const rest::engine::JobFinished& result);
    void logged(const QList<rest::ui::LogLine>& lines);
    // Of any project, open or not.
    void videosChanged(const std::filesystem::path& project);
    void runChanged(const rest::store::RunRef& run);
    void captionsChanged(const rest::store::RunRef& run, int step);
    void metricsAdded(const rest::store::RunRef& run, const std::vector<rest::store::MetricPoint>& points);

  private:
    struct Visitor;
    void receive(const engine::Event& event);  // any thread
    void wake();
    void flush();
    void deliver(const engine::Event& event);
    JobInfo* info(engine::JobId job);

    static constexpr int interval_ms = 50;
    std::mutex mutex_;
    std::vector<engine::Event> inbox_;  // guarded by mutex_
    bool wake_posted_ = false;          // guarded by mutex_

    std::vector<JobInfo> jobs_;                        // in the order in which they run
    std::map<store::RunRef, engine::JobId> run_jobs_;  // of jobs that are not finished
    std::map<engine::JobId, JobInfo> ended_;           // until their end is reported
    std::map<engine::JobId, JobInfo> submitted_;       // whose JobQueued has not arrived yet
    std::map<engine::JobId, JobState> held_;           // withdrawn ones, and their state before
    std::map<engine::JobId, int> turns_;               // how often each was withdrawn
    int grace_ = 10'000;
    QList<LogLine> log_batch_;
    std::map<store::RunRef, std::vector<store::MetricPoint>> metric_batch_;
    QTimer timer_;
    QElapsedTimer since_flush_;
    std::unique_ptr<engine::Engine> engine_;  // last: its thread must end before the inbox does
};

}  // namespace rest::ui
