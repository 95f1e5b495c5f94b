// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <initializer_list>

#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/session/engine_client.h"
#include "ui/session/run_model.h"

namespace rest::ui {

RunBar::RunBar(EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      engine_(engine),
      runs_(runs),
      choice_(new QComboBox),
      line_(mutedLabel()),
      pause_(button(tr("Pause"), QStringLiteral("pause"))),
      cancel_(button(tr("Cancel"), QStringLiteral("cancel"))),
      settings_(toolButton(QStringLiteral("reset"), tr("Put the settings of this run into the form"))) {
    choice_->setModel(&runs_);
    choice_->setModelColumn(RunModel::NameColumn);
    choice_->setMinimumWidth(270);
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice_->setPlaceholderText(tr("No run yet"));
    choice_->setAccessibleName(tr("Run"));
    choice_->setToolTip(tr("The run whose curves are shown"));
    line_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    pause_->setMinimumWidth(pause_->fontMetrics().horizontalAdvance(tr("Resume")) + 52);  // keeps its width
    cancel_->setToolTip(
        tr("Stop the training. Its checkpoints stay, it can be resumed, and for ten seconds this can be taken back"));
    connect(choice_, &QComboBox::activated, this, [this](int row) {
        if (runs_.run(row)) Q_EMIT runChosen(runs_.ref(row));
    });
    connect(pause_, &QPushButton::clicked, this, &RunBar::togglePause);
    connect(cancel_, &QPushButton::clicked, this, [this] { engine_.withdraw(engine_.jobOfRun(shown_)); });
    connect(settings_, &QToolButton::clicked, this, [this] { Q_EMIT settingsRequested(shown_); });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(choice_);
    layout->addSpacing(small_gap);
    layout->addWidget(line_, 1);
    for (QWidget* made : std::initializer_list<QWidget*>{settings_, pause_, cancel_}) layout->addWidget(made);
}

void RunBar::showRun(const store::RunRef& run) {
    shown_ = run;
    refresh();
}

void RunBar::togglePause() {
    const JobInfo* job = engine_.find(engine_.jobOfRun(shown_));
    if (!job || job->state == JobState::paused) {
        Q_EMIT resumeRequested(shown_);
    } else {
        engine_.pause(job->id);
    }
}

/// Disabling a button passes the focus to its neighbour, and the next key would press that one.
void RunBar::enable(QPushButton* button, bool on) {
    if (!on && button->hasFocus()) choice_->setFocus();
    button->setEnabled(on);
}

void RunBar::refresh() {
    choice_->setCurrentIndex(runs_.rowOf(shown_));
    const store::RunRecord* run = runs_.find(shown_);
    const JobInfo* job = engine_.find(engine_.jobOfRun(shown_));
    const bool stopping = job && job->state == JobState::stopping;
    const bool resumes = job ? job->state == JobState::paused : run && resumable(*run);
    const QString words = resumes ? tr("Resume") : tr("Pause");
    if (pause_->text() != words) {
        pause_->setText(words);
        pause_->setIcon(icon(resumes ? QStringLiteral("play") : QStringLiteral("pause")));
    }
    pause_->setToolTip(!resumes ? tr("Hold the training; it goes on from the same batch")
                       : job    ? tr("Go on")
                                : tr("Go on from the last checkpoint, with the run's own settings"));
    for (QWidget* part : std::initializer_list<QWidget*>{pause_, cancel_, settings_}) part->setVisible(run != nullptr);
    enable(pause_, resumes || (job && !stopping));
    enable(cancel_, job && !stopping);
    updateLine();
}

void RunBar::updateLine() {
    const store::RunRecord* run = runs_.find(shown_);
    const JobInfo* job = engine_.find(engine_.jobOfRun(shown_));
    QString line;
    if (run && !job && run->status == store::RunStatus::running) {
        line = tr("stopped at epoch %1 of %2").arg(run->epoch).arg(totalEpochs(*run));
    } else if (run) {
        const QString status = !job                               ? text(store::to_string(run->status))
                               : job->state == JobState::paused   ? tr("paused")
                               : job->state == JobState::stopping ? tr("stopping")
                               : job->state == JobState::queued   ? tr("waits")
                                                                  : text(store::to_string(run->status));
        line = tr("%1 · epoch %2 of %3").arg(status).arg(run->epoch).arg(totalEpochs(*run));
    }
    if (run && !run->message.empty()) line += QStringLiteral(" · ") + text(run->message);
    line_->setText(line);
    line_->setToolTip(line);
}

}  // namespace rest::ui
