// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

class QStackedWidget;
class QVBoxLayout;

namespace rest::ui {

class CaptionsPage;
class DatasetPage;
class EngineClient;
class JobMessages;
class JobStrip;
class LogPanel;
class MainMenu;
class ModelsPage;
class NoticeBar;
struct Place;
class PageSidebar;
class ProjectSession;
class QueuePanel;
class ReportsPage;
class RatingScreen;
class RunModel;
class StartPage;
class StudyPage;
class TrainPage;
class UndoBar;

/// The window: pages at the left, jobs at the bottom. It only connects; pages do the work.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    enum class Page { dataset, train, captions, reports, study, models };
    void openProject(const QString& folder, Page page = Page::dataset);
    void openDemo();
    /// Rates over the whole window: a study of the open project, or a file that was sent to an annotator.
    void openStudy(const QString& file);
    /// Without an open project only the page of models can be shown.
    void showPage(Page page);
    Page page() const;
    /// Adds a line above everything else in the window; the window owns it.
    void addBar(QWidget* bar);
    /// The window stops its jobs in order to close: the user did not cancel a job that ends now.
    bool closing() const { return closing_; }

    ProjectSession& session() { return *session_; }
    EngineClient& engine() { return *engine_; }
    StartPage& startPage() { return *start_; }
    DatasetPage& datasetPage() { return *dataset_; }
    TrainPage& trainPage() { return *train_; }
    CaptionsPage& captionsPage() { return *captions_; }
    ReportsPage& reportsPage() { return *reports_; }
    StudyPage& studyPage() { return *study_; }
    ModelsPage& modelsPage() { return *models_; }
    RatingScreen& rating() { return *rating_; }
    RunModel& runs() { return *runs_; }
    QueuePanel& queue() { return *queue_; }
    UndoBar& undo() { return *undo_; }
    JobStrip& strip() { return *strip_; }
    void showLog(bool on);
    void showQueue(bool on);

  Q_SIGNALS:
    void pageChanged();
    /// Before the jobs are stopped.
    void closingBegan();

  protected:
    void closeEvent(QCloseEvent* event) override;

  private:
    void makeCentre();
    void connectMenu();
    void connectPages();
    void connectSession();
    void connectEngine();
    void connectStudy();
    void fillRecent();
    void createProject(const QString& folder);
    void jumpTo(const Place& place);
    void setRating(bool on);
    void takeDropped(const QString& path);
    void projectOpened();
    void reloadRuns();
    void offerResume();
    void jobFinished();
    void stopAndClose();

    EngineClient* engine_;
    ProjectSession* session_;
    RunModel* runs_;      // trainings
    RunModel* all_runs_;  // and baselines
    MainMenu* menu_;
    PageSidebar* sidebar_;
    QVBoxLayout* centre_;
    QStackedWidget* whole_;  // studio, rating
    QStackedWidget* outer_;  // start page, workspace
    QStackedWidget* pages_;
    NoticeBar* notice_;
    StartPage* start_;
    DatasetPage* dataset_;
    TrainPage* train_;
    CaptionsPage* captions_;
    ReportsPage* reports_;
    StudyPage* study_;
    ModelsPage* models_;
    RatingScreen* rating_;
    JobStrip* strip_;
    JobMessages* job_messages_;
    UndoBar* undo_;
    QueuePanel* queue_;
    LogPanel* log_;
    QString import_after_open_;
    QString studio_title_;             // while someone rates
    Page first_page_ = Page::dataset;  // of the next project opened
    bool offer_resume_ = false;
    bool closing_ = false;
};

}  // namespace rest::ui
