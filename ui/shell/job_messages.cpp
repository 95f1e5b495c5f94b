// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/job_messages.h"

#include "core/engine/queue/queue_file.h"
#include "core/engine/run/train_job.h"
#include "ui/controls/notice_bar.h"
#include "ui/controls/undo_bar.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_memory.h"
#include "ui/session/project_session.h"
#include "ui/shell/closing_words.h"
#include "ui/shell/job_strip.h"

namespace rest::ui {

namespace {
const QString last_line_name = QStringLiteral("last line");

QString undoSubject(engine::JobId job) {
    return QStringLiteral("job %1").arg(job);
}
}  // namespace

JobMessages::JobMessages(EngineClient& engine, const ProjectSession& session, const Places& places, QObject* parent)
    : QObject(parent), engine_(engine), session_(session), places_(places) {
    connect(&engine_, &EngineClient::withdrawn, this, &JobMessages::offerTakingBack);
    connect(&engine_, &EngineClient::jobEnded, this, &JobMessages::ended);
}

void JobMessages::recall() {
    places_.strip->setLastLine(projectMemory(session_.folder()).value(last_line_name).toString());
}

bool JobMessages::isOpen(const QString& project) const {
    std::error_code error;
    const auto there = std::filesystem::canonical(path(project), error);
    return session_.isOpen() && (project == session_.folder() || (!error && there == session_.ref().project));
}

/// The end of a job is shown while its project is open, now or when it is opened again.
void JobMessages::ended(const JobInfo& job, const engine::JobFinished& result) {
    places_.undo->withdraw(undoSubject(job.id));
    const QString line = JobStrip::lineOf(result);
    if (!job.project.isEmpty()) remember(job.project, last_line_name, line);
    if (job.project.isEmpty() || isOpen(job.project)) places_.strip->setLastLine(line);
    if (result.outcome == engine::Outcome::failed) tellFailure(job, result);
}

/// A failed training can be resumed, or started again, once the cause has been fixed.
void JobMessages::tellFailure(const JobInfo& job, const engine::JobFinished& result) {
    QList<NoticeBar::Action> actions;
    if (job.order) {
        actions << NoticeBar::Action{tr("Try again"), [this, order = *job.order] {
                                         const store::RunRef run = engine::run_of(order);
                                         if (run && engine_.jobOfRun(run) != 0) return;
                                         engine_.submit(engine::make_train_job(order), run);
                                     }};
    }
    const bool elsewhere = !job.project.isEmpty() && !isOpen(job.project);
    const QString message = elsewhere ? jobWords(text(result.message), job.project) : text(result.message);
    places_.notice->tell(NoticeBar::Kind::bad, message, text(result.remedy), actions);
}

void JobMessages::offerTakingBack(const JobInfo& job) {
    const QString message =
        job.begun ? tr("“%1” is cancelled").arg(job.title) : tr("“%1” is dropped from the queue").arg(job.title);
    const QString detail = job.begun ? tr("It stands still, and stops for good in ten seconds. What it has finished "
                                          "is kept either way.")
                                     : QString();
    places_.undo->offer(
        message, detail, [this, id = job.id] { engine_.takeBack(id); }, undoSubject(job.id));
}

}  // namespace rest::ui
