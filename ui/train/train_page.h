// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <optional>

#include "core/engine/queue/events.h"
#include "core/engine/run/clip_changes.h"
#include "ui/session/background.h"
#include "ui/train/check_memory.h"

class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace rest::ui {

class CheckPanel;
class CurveBoard;
class EngineClient;
class LogPanel;
class ProjectSession;
class RunModel;
class RunBar;
class SettingForm;
class SettingsPanel;

/// Settings at the left; at the right the curves of a run, all runs, the check and the log.
class TrainPage : public QWidget {
    Q_OBJECT

  public:
    TrainPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent = nullptr);

    enum class View { curves, runs, check, log };
    void show(View view);
    using QWidget::show;
    void start();
    void check();
    /// Resumes a run; asks first if clips of it are missing or have changed.
    void resumeRun(const store::RunRef& run);
    SettingForm* form() const;
    SettingsPanel& settings() { return *settings_; }
    RunBar& runBar() { return *run_bar_; }
    /// Puts the settings of a run into the form.
    void useSettingsOf(const store::RunRef& run);
    /// The result of checking the models that were chosen last; empty before one was chosen.
    QString modelMessage() const;

  Q_SIGNALS:
    void modelsRequested();  // more than are on this machine
    void told(const QString& message);
    void undoOffered(const QString& message, const QString& detail, const std::function<void()>& undo);

  private:
    QWidget* makeLeft();
    QWidget* makeButtons();
    QWidget* makeRunsTab();
    void submitResumed(const store::RunRef& run, engine::ChangedClips changed);
    void takeRuns();
    void showRun(const store::RunRef& run);
    void forgetProject();
    void showCheck(const CheckMemory& memory);
    void recallCheck();
    void updateCheckAge();
    void updateButtons();
    void jobFinished(const engine::JobFinished& result);

    ProjectSession& session_;
    EngineClient& engine_;
    RunModel& runs_;
    SettingsPanel* settings_;
    RunBar* run_bar_;
    QPushButton* check_button_;
    QPushButton* start_button_;
    QTabWidget* tabs_;
    CurveBoard* curves_;
    QStackedWidget* curve_stack_;
    QTableView* run_table_;
    CheckPanel* check_panel_;
    LogPanel* log_;
    engine::JobId check_job_ = 0;         // of the project that is open
    std::optional<CheckMemory> checked_;  // the last one of the project
    store::RunRef wanted_;                // a run that began and is not in the list yet
    store::RunRef shown_;
    store::RunRef asked_;    // whose clips are being checked before it is resumed
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
