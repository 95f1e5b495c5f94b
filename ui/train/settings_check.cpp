// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/settings_check.h"

#include <QApplication>
#include <QPointer>

#include "core/engine/run/train_check_job.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/train/check_panel.h"
#include "ui/train/setting_form.h"

namespace rest::ui {

SettingsCheck::SettingsCheck(ProjectSession& session, EngineClient& engine, const SettingForm& form, CheckPanel& panel,
                             QObject* parent)
    : QObject(parent), session_(session), engine_(engine), form_(form), panel_(panel) {
    connect(&session_, &ProjectSession::opened, this, &SettingsCheck::recall);
    connect(&engine_, &EngineClient::jobsChanged, this, &SettingsCheck::showWaiting);
    connect(&engine_, &EngineClient::jobFinished, this, &SettingsCheck::jobFinished);
    connect(&form_, &SettingForm::changed, this, &SettingsCheck::showAge);
}

void SettingsCheck::start() {
    engine::TrainCheckParams params;
    params.train.project = path(session_.folder());
    params.train.settings = form_.settings();
    if (engine_.find(job_)) engine_.cancel(job_);
    shown_.reset();
    const auto done = [check = QPointer<SettingsCheck>(this), folder = session_.folder(), of = session_.ref(),
                       settings = text(engine::to_json(form_.settings()))](const engine::TrainCheck& result) {
        const CheckMemory found{.settings = settings, .when = QDateTime::currentDateTimeUtc(), .check = result};
        QMetaObject::invokeMethod(
            qApp,
            [check, folder, of, found] {
                if (!check) return;
                check->session_.remember(folder, CheckMemory::name, found.toJson());
                if (check->session_.holds(of)) check->show(found);
            },
            Qt::QueuedConnection);
    };
    job_ = engine_.submit(engine::make_train_check_job(params, done));
    showWaiting();
}

void SettingsCheck::show(const CheckMemory& found) {
    shown_ = found;
    job_ = 0;
    panel_.showResult(found.check);
    showAge();
}

void SettingsCheck::showWaiting() {
    const JobInfo* job = engine_.find(job_);
    const JobInfo* first = engine_.current();
    if (job && !job->begun && first && first->id != job_)
        panel_.showQueued(first->title);
    else if (job)
        panel_.showWaiting();
}

void SettingsCheck::showAge() {
    if (shown_) panel_.showAge(shown_->when, shown_->settings != text(engine::to_json(form_.settings())));
}

/// What was asked for in the project before does not show in this one.
void SettingsCheck::recall() {
    job_ = 0;
    shown_.reset();
    panel_.clear();
    const auto kept = CheckMemory::fromJson(session_.memory().value(CheckMemory::name).toObject());
    if (kept) show(*kept);
}

void SettingsCheck::jobFinished(const engine::JobFinished& result) {
    if (result.job == job_ && result.outcome != engine::Outcome::succeeded)
        panel_.showFailure(text(result.message), text(result.remedy));
}

}  // namespace rest::ui
