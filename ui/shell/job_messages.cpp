// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/job_messages.h"

#include "core/store/project_identity.h"
#include "ui/controls/notice_bar.h"
#include "ui/controls/undo_bar.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/closing_words.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/submit_again.h"

namespace rest::ui {

namespace {
const QString last_line_name = QStringLiteral("last line");

QString undoSubject(engine::JobId job) {
    return QStringLiteral("job %1").arg(job);
}
}  // namespace

JobMessages::JobMessages(EngineClient& engine, ProjectSession& session, const Places& places, QObject* parent)
    : QObject(parent), engine_(engine), session_(session), places_(places) {
    connect(&engine_, &EngineClient::withdrawn, this, &JobMessages::offerTakingBack);
    connect(&engine_, &EngineClient::jobEnded, this, &JobMessages::ended);
}

void JobMessages::recall() {
    places_.strip->setLastLine(session_.memory().value(last_line_name).toString());
}

bool JobMessages::isOpen(const QString& project) const {
    return session_.isOpen() &&
           (project == session_.folder() || store::project_identity(path(project)) == session_.ref().project);
}

/// The end of a job is shown while its project is open, now or when it is opened again.
void JobMessages::ended(const JobInfo& job, const engine::JobFinished& result) {
    places_.undo->withdraw(undoSubject(job.id));
    const QString line = JobStrip::lineOf(result);
    if (!job.project.isEmpty()) session_.remember(job.project, last_line_name, line);
    if (job.project.isEmpty() || isOpen(job.project)) places_.strip->setLastLine(line);
    if (result.outcome == engine::Outcome::failed) tellFailure(job, result);
}

/// A failed training can be resumed, or started again, once the cause has been fixed.
void JobMessages::tellFailure(const JobInfo& job, const engine::JobFinished& result) {
    QList<NoticeBar::Action> actions;
    if (job.order) {
        actions << NoticeBar::Action{tr("Try again"),
                                     [this, order = *job.order] { submitAgain(engine_, session_, order); }};
    }
    const bool elsewhere = !job.project.isEmpty() && !isOpen(job.project);
    const QString message = elsewhere ? jobWords(text(result.message), job.project) : text(result.message);
    places_.notice->tell(NoticeBar::Kind::bad, message, text(result.remedy), actions);
}

void JobMessages::offerTakingBack(const JobInfo& job) {
    const QString message =
        job.begun ? tr("“%1” is cancelled").arg(job.title) : tr("“%1” is removed from the queue").arg(job.title);
    const QString detail =
        job.begun ? tr("It is paused and will be cancelled in ten seconds. Finished work is kept either way.")
                  : QString();
    places_.undo->withdraw(undoSubject(job.id));  // of a cancel before this one
    places_.undo->offer(
        message, detail, [this, id = job.id] { engine_.takeBack(id); }, undoSubject(job.id));
}

}  // namespace rest::ui
