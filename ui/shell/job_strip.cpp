// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/job_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/elided.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/session/engine_client.h"

namespace rest::ui {

JobStrip::JobStrip(EngineClient& engine, QWidget* parent)
    : QFrame(parent),
      engine_(engine),
      title_(new ElidedLabel),
      stage_(new ElidedLabel),
      figures_(mutedLabel()),
      bar_(new QProgressBar),
      pause_(toolButton(QStringLiteral("pause"), tr("Pause"))),
      cancel_(toolButton(QStringLiteral("cancel"), tr("Cancel"))),
      queue_(toolButton(QStringLiteral("list"), tr("Show or hide the queue (Ctrl+J)"))),
      log_(toolButton(QStringLiteral("log"), tr("Show or hide the log (Ctrl+L)"))) {
    setObjectName(QStringLiteral("jobStrip"));
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setAccessibleName(tr("Progress of the job"));
    queue_->setCheckable(true);
    log_->setCheckable(true);
    figures_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setStyleProperty(title_, "heading", QStringLiteral("section"));
    setTone(stage_, "muted");

    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(title_);
    names->addWidget(stage_);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(small_gap);
    middle->addWidget(figures_);
    middle->addWidget(bar_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(gap);
    layout->addLayout(names, 2);
    layout->addLayout(middle, 3);
    layout->addSpacing(small_gap);
    for (QToolButton* made : {pause_, cancel_, queue_, log_}) layout->addWidget(made);

    connect(pause_, &QToolButton::clicked, this, &JobStrip::togglePause);
    connect(cancel_, &QToolButton::clicked, this, &JobStrip::cancelCurrent);
    connect(&engine_, &EngineClient::jobsChanged, this, &JobStrip::refresh);
    connect(&engine_, &EngineClient::progressed, this, &JobStrip::refresh);
    refresh();
}

QString JobStrip::lineOf(const engine::JobFinished& result) {
    const char* const words[] = {QT_TR_NOOP("Done: %1"), QT_TR_NOOP("Cancelled: %1"), QT_TR_NOOP("Failed: %1")};
    return tr(words[static_cast<int>(result.outcome)]).arg(text(result.message));
}

void JobStrip::setLastLine(const QString& line) {
    last_ = line;
    refresh();
}

void JobStrip::togglePause() {
    const JobInfo* job = engine_.current();
    if (!job) return;
    if (job->state == JobState::paused) {
        engine_.resume(job->id);
    } else {
        engine_.pause(job->id);
    }
}

void JobStrip::cancelCurrent() {
    if (const JobInfo* job = engine_.current()) engine_.withdraw(job->id);
}

void JobStrip::refresh() {
    const JobInfo* job = engine_.current();
    for (QWidget* part : std::initializer_list<QWidget*>{bar_, figures_, pause_, cancel_})
        part->setVisible(job != nullptr);
    const int waiting = engine_.waitingCount();
    queue_->setText(waiting > 0 ? QString::number(waiting) : QString());
    queue_->setToolButtonStyle(waiting > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    if (!job) {
        title_->setText(tr("No job is running"));
        stage_->setText(last_.isEmpty() ? tr("Imports and training appear here.") : last_);
        return;
    }
    const Progress& progress = job->progress;
    const int queued = waiting - (job->waits() ? 1 : 0);
    title_->setText(queued > 0 ? tr("%1 (%n more waiting)", nullptr, queued).arg(job->title) : job->title);
    const char* const states[] = {QT_TR_NOOP("Waiting"), "", QT_TR_NOOP("Paused"), QT_TR_NOOP("Stopping…")};
    const QString state = job->state == JobState::running ? QString() : tr(states[static_cast<int>(job->state)]);
    const QString stage = text(progress.stage);
    bar_->setEnabled(job->state != JobState::stopping);
    QStringList words{job->project.isEmpty() ? QString() : projectName(job->project), state, stage};
    words.removeAll(QString());
    stage_->setText(words.join(QStringLiteral(" · ")));

    figures_->setText(progressText(progress));
    bar_->setRange(0, progress.total > 0 || job->state != JobState::running ? 1000 : 0);
    if (progress.total > 0) bar_->setValue(static_cast<int>(1000 * progress.done / progress.total));

    const bool pausable = job->state == JobState::running;
    if (pausable != shows_pause_) {
        shows_pause_ = pausable;
        pause_->setIcon(icon(pausable ? QStringLiteral("pause") : QStringLiteral("play")));
        pause_->setToolTip(pausable ? tr("Pause") : tr("Continue"));
        pause_->setAccessibleName(pause_->toolTip());
    }
    pause_->setEnabled(job->state == JobState::running || job->state == JobState::paused);
    cancel_->setEnabled(job->state != JobState::stopping);
}

}  // namespace rest::ui
