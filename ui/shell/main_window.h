// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <optional>

#include "core/store/records.h"

class QStackedWidget;
class QVBoxLayout;

namespace rest::ui {

class CaptionsPage;
class Closing;
class DatasetPage;
class EngineClient;
class GalleryPage;
class JobArea;
class JobMessages;
class JobStrip;
class MainMenu;
class ModelsPage;
class NoticeBar;
struct Place;
class PageSidebar;
class ProjectRuns;
class ProjectSession;
class QueuePanel;
class ReportsPage;
class RatingMode;
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

    enum class Page { dataset, train, captions, reports, failures, study, models };
    /// Without a page: the first one, or where WindowMemory remembers that one was.
    void openProject(const QString& folder, std::optional<Page> page = {});
    bool pageWasAsked() const { return page_was_asked_; }
    void openDemo();
    /// Rates over the whole window: a study of the open project, or a file that was sent to an annotator.
    void openStudy(const QString& file);
    /// Without an open project only the page of models can be shown.
    void showPage(Page page);
    Page page() const;
    int pageCount() const;
    QString pageName(int page) const;
    const QWidget* pageWidget(int page) const;
    /// On the Captions page; Back leads here again.
    void showVideo(store::VideoId video);
    /// A line above all that the window has; the window owns it.
    void addBar(QWidget* bar);
    /// The window stops its jobs in order to close: the user did not cancel a job that ends now.
    bool closing() const;

    ProjectSession& session() { return *session_; }
    EngineClient& engine() { return *engine_; }
    StartPage& startPage() { return *start_; }
    DatasetPage& datasetPage() { return *dataset_; }
    TrainPage& trainPage() { return *train_; }
    CaptionsPage& captionsPage() { return *captions_; }
    ReportsPage& reportsPage() { return *reports_; }
    GalleryPage& galleryPage() { return *gallery_; }
    StudyPage& studyPage() { return *study_; }
    ModelsPage& modelsPage() { return *models_; }
    RatingScreen& rating();
    ProjectRuns& projectRuns() { return *runs_; }
    RunModel& runs();  // trainings
    MainMenu& menu() { return *menu_; }
    QueuePanel& queue();
    UndoBar& undo();
    JobStrip& strip();
    /// Asks what of the open project to write, and where.
    void openExport();
    void showLog(bool on);
    void showQueue(bool on);

  Q_SIGNALS:
    void pageChanged();
    /// Before the jobs are stopped.
    void closingBegan();

  protected:
    void closeEvent(QCloseEvent* event) override;

  private:
    void fitScreen();
    void makeCentre();
    void connectMenu();
    void connectPages();
    void connectSession();
    void connectStudy();
    void connectGallery();
    void fillRecent();
    void createProject(const QString& folder);
    void jumpTo(const Place& place);
    void takeDropped(const QString& path);
    void projectOpened();
    void offerResume();

    EngineClient* engine_;
    ProjectSession* session_;
    ProjectRuns* runs_;
    MainMenu* menu_;
    PageSidebar* sidebar_;
    QVBoxLayout* centre_;
    QStackedWidget* outer_;  // start page, workspace
    QStackedWidget* pages_;
    NoticeBar* notice_;
    StartPage* start_;
    DatasetPage* dataset_;
    TrainPage* train_;
    CaptionsPage* captions_;
    ReportsPage* reports_;
    GalleryPage* gallery_;
    StudyPage* study_;
    ModelsPage* models_;
    RatingMode* rating_;
    JobArea* jobs_;
    JobMessages* job_messages_;
    Closing* closing_;
    QString import_after_open_;
    std::optional<Page> first_page_;  // of the next project opened
    bool page_was_asked_ = false;     // of the one that is open
};

}  // namespace rest::ui
