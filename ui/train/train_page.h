// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/engine/queue/events.h"
#include "core/engine/run/clip_changes.h"
#include "core/models/model_list.h"
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
class WrapLabel;

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
    /// What the check of the models that were chosen last says; empty before one was chosen.
    QString modelMessage() const;

  Q_SIGNALS:
    void modelsRequested();  // more than are here

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeSettings();
    QWidget* makeButtons();
    QWidget* makeRunBar();
    QWidget* makeRunsTab();
    void submitResumed(const store::RunRef& run, engine::ChangedClips changed);
    void takeModels();
    void chooseModels();
    void checkModels();
    void offerModels();
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
    WrapLabel* model_line_;
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
    Background model_work_;  // what models there are, and whether those chosen can be used
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
