// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/engine/queue/events.h"
#include "core/engine/run/clip_changes.h"
#include "ui/session/background.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace rest::ui {

class CheckPanel;
class CurveBoard;
class EngineClient;
class FolderField;
class LogPanel;
class ProjectSession;
class RunModel;
class SettingForm;

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
    /// Goes on with a run; asks first when clips of it are gone or have changed.
    void resumeRun(const store::RunRef& run);
    SettingForm* form() const { return form_; }

  private:
    QWidget* makeSettings();
    QWidget* makeButtons();
    QWidget* makeRunBar();
    QWidget* makeRunsTab();
    void submitResumed(const store::RunRef& run, engine::ChangedClips changed);
    void takeModels();
    void takeRuns();
    void showRun(const store::RunRef& run);
    void forgetProject();
    void updateButtons();
    void jobFinished(const engine::JobFinished& result);

    ProjectSession& session_;
    EngineClient& engine_;
    RunModel& runs_;
    QComboBox* preset_;
    FolderField* captioner_;
    FolderField* clip_;
    SettingForm* form_;
    QPushButton* check_button_;
    QPushButton* start_button_;
    QComboBox* run_choice_;
    QLabel* run_line_;
    QPushButton* pause_;
    QPushButton* resume_;
    QPushButton* cancel_;
    QTabWidget* tabs_;
    CurveBoard* curves_;
    QStackedWidget* curve_stack_;
    QTableView* run_table_;
    CheckPanel* check_panel_;
    LogPanel* log_;
    engine::JobId check_job_ = 0;  // of the project that is open
    store::RunRef wanted_;         // a run that began and is not in the list yet
    store::RunRef shown_;
    store::RunRef asked_;    // whose clips are being looked at before it is resumed
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
