// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "core/engine/events.h"

class QLabel;
class QListWidget;
class QMenu;
class QStackedWidget;

namespace rest::ui {

class CaptionsPage;
class DatasetPage;
class EngineClient;
class JobStrip;
class LogPanel;
class NoticeBar;
class ProjectSession;
class ReportsPage;
class RunModel;
class StartPage;
class TrainPage;

/// The window: pages at the left, jobs at the bottom. It only wires; pages do the work.
class MainWindow : public QMainWindow {
    Q_OBJECT

 public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    enum class Page { dataset, train, captions, reports };
    void openProject(const QString& folder);
    void openDemo();
    void showPage(Page page);

    ProjectSession& session() { return *session_; }
    EngineClient& engine() { return *engine_; }
    StartPage& startPage() { return *start_; }
    DatasetPage& datasetPage() { return *dataset_; }
    TrainPage& trainPage() { return *train_; }
    CaptionsPage& captionsPage() { return *captions_; }
    ReportsPage& reportsPage() { return *reports_; }
    RunModel& runs() { return *runs_; }
    void showLog(bool on);

 protected:
    void closeEvent(QCloseEvent* event) override;

 private:
    void makeMenus();
    void makeSidebar();
    void makeCentre();
    void connectPages();
    void connectSession();
    void connectEngine();
    void fillRecent();
    void newProject();
    void pickProject();
    void takeDropped(const QString& path);
    void projectOpened();
    void reloadRuns();
    void offerResume();
    void jobFinished(const JobFinished& result);
    void askBeforeClosing();

    EngineClient* engine_;
    ProjectSession* session_;
    RunModel* runs_;
    QListWidget* sidebar_;
    QLabel* world_mark_;
    QStackedWidget* outer_;  // start page, workspace
    QStackedWidget* pages_;
    NoticeBar* notice_;
    StartPage* start_;
    DatasetPage* dataset_;
    TrainPage* train_;
    CaptionsPage* captions_;
    ReportsPage* reports_;
    JobStrip* strip_;
    LogPanel* log_;
    QMenu* recent_;
    QString import_after_open_;
    Page first_page_ = Page::dataset;  // of the next project opened
    bool offer_resume_ = false;
    bool closing_ = false;
};

}  // namespace rest::ui
