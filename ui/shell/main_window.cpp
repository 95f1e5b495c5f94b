// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/store/project.h"
#include "ui/captions/captions_page.h"
#include "ui/controls/basics.h"
#include "ui/controls/notice_bar.h"
#include "ui/controls/undo_bar.h"
#include "ui/controls/wheel_guard.h"
#include "ui/dataset/dataset_page.h"
#include "ui/gallery/gallery_page.h"
#include "ui/look/format.h"
#include "ui/models/models_page.h"
#include "ui/reports/reports_page.h"
#include "ui/session/engine_client.h"
#include "ui/session/place.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/shell/closing.h"
#include "ui/shell/demo_start.h"
#include "ui/shell/export_run_dialog.h"
#include "ui/shell/job_area.h"
#include "ui/shell/job_messages.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/page_sidebar.h"
#include "ui/shell/problem_report_dialog.h"
#include "ui/shell/project_runs.h"
#include "ui/shell/rating_mode.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/start_page.h"
#include "ui/shell/window_help.h"
#include "ui/study/study_page.h"
#include "ui/train/train_page.h"

namespace rest::ui {

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      engine_(new EngineClient(this)),
      session_(new ProjectSession(this)),
      runs_(new ProjectRuns(*session_, *engine_, this)),
      menu_(new MainMenu(this)),
      sidebar_(new PageSidebar),
      closing_(new Closing(*this, *engine_)) {
    setWindowIcon(QIcon(QStringLiteral(":/icons/rest-studio.svg")));
    new WheelGuard(this);
    fitScreen();
    makeCentre();
    connectMenu();
    connectSession();
    connectStudy();
    connectGallery();
    fillRecent();
    setWindowTitle(tr("REST Studio"));
}

/// Also on a small screen, and on a large one whose pixels are counted double.
void MainWindow::fitScreen() {
    constexpr int title_bar = 32;
    const QSize room = screen()->availableSize() - QSize(0, title_bar);
    setMinimumSize(QSize(720, 460).boundedTo(room));
    resize(QSize(1280, 800).boundedTo(room));
}

MainWindow::~MainWindow() {
    session_->close();  // while all that keeps something of the project is there
}

RatingScreen& MainWindow::rating() {
    return rating_->screen();
}

RunModel& MainWindow::runs() {
    return runs_->trainings();
}

QueuePanel& MainWindow::queue() {
    return jobs_->queue();
}

UndoBar& MainWindow::undo() {
    return jobs_->undo();
}

JobStrip& MainWindow::strip() {
    return jobs_->strip();
}

bool MainWindow::closing() const {
    return closing_->begun();
}

void MainWindow::makeCentre() {
    notice_ = new NoticeBar;
    notice_->setObjectName(QStringLiteral("windowNotice"));  // pages may have notices of their own
    start_ = new StartPage;
    dataset_ = new DatasetPage(*session_, *engine_);
    train_ = new TrainPage(*session_, *engine_, runs());
    captions_ = new CaptionsPage(*session_, *engine_, runs_->all());
    reports_ = new ReportsPage(*session_, *engine_, runs());
    gallery_ = new GalleryPage(*session_, *engine_);
    study_ = new StudyPage(*session_, runs());
    models_ = new ModelsPage(*session_, *engine_);
    jobs_ = new JobArea(*engine_);
    pages_ = new QStackedWidget;
    for (QWidget* page :
         std::initializer_list<QWidget*>{dataset_, train_, captions_, reports_, gallery_, study_, models_})
        pages_->addWidget(withRoom(page));

    auto* workspace = new QWidget;
    auto* row = new QHBoxLayout(workspace);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(sidebar_);
    row->addWidget(pages_, 1);
    outer_ = new QStackedWidget;
    outer_->addWidget(withRoom(start_));
    outer_->addWidget(workspace);

    auto* centre = new QWidget;
    centre_ = new QVBoxLayout(centre);
    centre_->setContentsMargins(0, 0, 0, 0);
    centre_->setSpacing(0);
    centre_->addWidget(notice_);
    centre_->addWidget(outer_, 1);
    centre_->addWidget(jobs_);
    auto* whole = new QStackedWidget;
    whole->addWidget(centre);
    setCentralWidget(whole);
    rating_ = new RatingMode(*this, *whole);
    job_messages_ = new JobMessages(*engine_, *session_, {&jobs_->strip(), &jobs_->undo(), notice_}, this);
    connectPages();
    connect(runs_, &ProjectRuns::known, this, &MainWindow::offerResume);
    connect(closing_, &Closing::began, this, &MainWindow::closingBegan);
    connect(closing_, &Closing::waitsForJobs, this, [this] {
        notice_->tell(NoticeBar::Kind::note, tr("Stopping: the window closes when the job has come to a safe place."));
    });
    sidebar_->setPage(0);
}

void MainWindow::openExport() {
    auto* dialog = new ExportRunDialog(session_->folder(), runs(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::connectPages() {
    connect(sidebar_, &PageSidebar::pageChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(sidebar_, &PageSidebar::pageChanged, this, &MainWindow::pageChanged);
    connect(train_, &TrainPage::undoOffered, this,
            [this](const QString& message, const QString& detail, const std::function<void()>& undo,
                   const QString& subject) { jobs_->undo().offer(message, detail, undo, subject); });
    connect(train_, &TrainPage::undoWithdrawn, &jobs_->undo(), &UndoBar::withdraw);
    connect(train_, &TrainPage::told, this,
            [this](const QString& message) { notice_->tell(NoticeBar::Kind::good, message); });
    connect(dataset_, &DatasetPage::videoActivated, this, &MainWindow::jumpTo);
    connect(reports_, &ReportsPage::videoActivated, this, &MainWindow::jumpTo);
    connect(reports_, &ReportsPage::told, this, [this](const QString& message, bool good) {
        notice_->tell(good ? NoticeBar::Kind::good : NoticeBar::Kind::bad, message);
    });
    connect(models_, &ModelsPage::backRequested, this, [this] { outer_->setCurrentIndex(0); });
    const auto show_models = [this] { showPage(Page::models); };
    connect(start_, &StartPage::modelsRequested, this, show_models);
    connect(train_, &TrainPage::modelsRequested, this, show_models);
    connect(start_, &StartPage::demoRequested, this, &MainWindow::openDemo);
    connect(start_, &StartPage::newProjectRequested, menu_, &MainMenu::pickNewProject);
    connect(start_, &StartPage::openRequested, menu_, &MainMenu::pickProject);
    connect(start_, &StartPage::projectRequested, this, [this](const QString& folder) { openProject(folder); });
    connect(start_, &StartPage::folderDropped, this, &MainWindow::takeDropped);
}

void MainWindow::connectMenu() {
    connect(menu_, &MainMenu::newProjectRequested, this, &MainWindow::createProject);
    connect(menu_, &MainMenu::newProjectRejected, this, [this] { import_after_open_.clear(); });
    connect(menu_, &MainMenu::projectRequested, this, [this](const QString& folder) { openProject(folder); });
    connect(menu_, &MainMenu::studyRequested, this, &MainWindow::openStudy);
    connect(menu_, &MainMenu::demoRequested, this, &MainWindow::openDemo);
    connect(menu_, &MainMenu::closeRequested, session_, &ProjectSession::close);
    connect(menu_, &MainMenu::pageRequested, this, [this](int page) { showPage(static_cast<Page>(page)); });
    connect(menu_, &MainMenu::exportRequested, this, &MainWindow::openExport);
    connect(menu_, &MainMenu::queueRequested, jobs_, &JobArea::toggleQueue);
    connect(menu_, &MainMenu::logRequested, jobs_, &JobArea::toggleLog);
    new WindowHelp(*this);
    connect(menu_, &MainMenu::problemReportRequested, this, [this] { openProblemReport(session_->folder(), this); });
}

void MainWindow::connectSession() {
    connect(session_, &ProjectSession::opened, this, &MainWindow::projectOpened);
    connect(session_, &ProjectSession::closed, this, [this] {
        jobs_->strip().setLastLine({});
        outer_->setCurrentIndex(0);
        sidebar_->markDemo(false);
        fillRecent();
        menu_->setProjectOpen(false);
        setWindowTitle(tr("REST Studio"));
    });
    connect(session_, &ProjectSession::failed, this, [this](const QString& message, const QString& remedy) {
        notice_->tell(NoticeBar::Kind::bad, message, remedy);
    });
    connect(session_, &ProjectSession::openFailed, this, [this] { import_after_open_.clear(); });
}

void MainWindow::connectStudy() {
    connect(start_, &StartPage::studyRequested, menu_, &MainMenu::pickStudy);
    connect(study_, &StudyPage::rateRequested, this, &MainWindow::openStudy);
    connect(study_, &StudyPage::videoActivated, this, &MainWindow::jumpTo);
    connect(study_, &StudyPage::failed, session_, &ProjectSession::failed);
    connect(study_, &StudyPage::told, this, [this](const QString& message, const QString& detail) {
        notice_->tell(NoticeBar::Kind::good, message, detail);
    });
    connect(rating_, &RatingMode::failed, this, [this](const QString& message, const QString& remedy) {
        notice_->tell(NoticeBar::Kind::bad, message, remedy);
    });
    connect(rating_, &RatingMode::left, this, [this](bool inside_project) {
        if (!inside_project && !session_->isOpen()) return void(close());
        study_->reload();
    });
}

void MainWindow::connectGallery() {
    connect(gallery_, &GalleryPage::videoActivated, this, &MainWindow::jumpTo);
    connect(gallery_, &GalleryPage::reportRequested, this, [this](const Place& place) {
        reports_->jumpTo(place);
        showPage(Page::reports);
    });
    connect(gallery_, &GalleryPage::reportsPageRequested, this, [this] { showPage(Page::reports); });
    connect(gallery_, &GalleryPage::trainPageRequested, this, [this] { showPage(Page::train); });
    connect(gallery_, &GalleryPage::failed, session_, &ProjectSession::failed);
    connect(gallery_, &GalleryPage::told, this, [this](const QString& message, bool good) {
        notice_->tell(good ? NoticeBar::Kind::good : NoticeBar::Kind::bad, message);
    });
    connect(gallery_, &GalleryPage::undoOffered, this,
            [this](const QString& message, const QString& detail, const std::function<void()>& undo) {
                this->undo().offer(message, detail, undo);
            });
}

void MainWindow::showLog(bool on) {
    jobs_->showLog(on);
}

void MainWindow::showQueue(bool on) {
    jobs_->showQueue(on);
}

void MainWindow::showPage(Page page) {
    if (!session_->isOpen()) {
        if (page != Page::models) return;
        sidebar_->allowOnly(static_cast<int>(page));
        outer_->setCurrentIndex(1);
    }
    sidebar_->setPage(static_cast<int>(page));
}

/// Back returns to the page that it came from, with its list unchanged.
void MainWindow::jumpTo(const Place& place) {
    captions_->jumpTo(place, [this, from = page(), focus = QPointer<QWidget>(QApplication::focusWidget())] {
        showPage(from);
        if (focus) focus->setFocus();
    });
    showPage(Page::captions);
}

MainWindow::Page MainWindow::page() const {
    return static_cast<Page>(sidebar_->page());
}

int MainWindow::pageCount() const {
    return pages_->count();
}

QString MainWindow::pageName(int page) const {
    return sidebar_->name(page);
}

const QWidget* MainWindow::pageWidget(int page) const {
    return pages_->widget(page);
}

void MainWindow::showVideo(store::VideoId video) {
    jumpTo({.run = session_->ref(), .video = video});
}

void MainWindow::addBar(QWidget* bar) {
    centre_->insertWidget(0, bar);
}

void MainWindow::fillRecent() {
    const QStringList folders = recentProjects();
    start_->setRecent(folders);
    menu_->setRecent(folders);
}

void MainWindow::openProject(const QString& folder, std::optional<Page> page) {
    notice_->hide();
    first_page_ = page;
    session_->open(folder);
}

void MainWindow::openStudy(const QString& file) {
    rating_->begin(file, session_->isOpen());
}

void MainWindow::openDemo() {
    notice_->hide();
    first_page_ = Page::train;  // its curves grow there
    startDemo(*session_, *engine_);
}

void MainWindow::createProject(const QString& folder) {
    notice_->hide();
    first_page_ = Page::dataset;
    session_->create(folder);
}

void MainWindow::takeDropped(const QString& dropped) {
    if (dropped.endsWith(QLatin1String(".study"))) return openStudy(dropped);
    if (store::Project::is_project(path(dropped))) return openProject(dropped);
    import_after_open_ = dropped;
    notice_->tell(NoticeBar::Kind::note, tr("Choose a place for the new project of these videos"), dropped);
    menu_->pickNewProject();
}

void MainWindow::projectOpened() {
    addRecentProject(session_->folder());
    fillRecent();
    const bool demo = session_->kind() == QLatin1String("demo");
    sidebar_->markDemo(demo);
    const QString mark = demo ? tr(" (demo world)") : QString();
    menu_->setProjectOpen(true);
    setWindowTitle(tr("%1%2 — REST Studio").arg(session_->name(), mark));
    outer_->setCurrentIndex(1);
    sidebar_->allowOnly(-1);
    job_messages_->recall();
    page_was_asked_ = first_page_.has_value();
    showPage(std::exchange(first_page_, {}).value_or(Page::dataset));
    if (!import_after_open_.isEmpty()) dataset_->preview(std::exchange(import_after_open_, {}));
}

void MainWindow::offerResume() {
    const store::RunRecord* run = runs().run(0);
    if (!run || engine_->busy()) return;
    const bool stopped = run->status == store::RunStatus::running || run->status == store::RunStatus::paused ||
                         run->status == store::RunStatus::cancelled;
    if (!stopped) return;
    const QString message =
        tr("Run %1 stopped at epoch %2 of %3").arg(text(run->name)).arg(run->epoch).arg(totalEpochs(*run));
    notice_->tell(NoticeBar::Kind::note, message, tr("It can be resumed from its last checkpoint."),
                  {{tr("Go on"), [this, run = runs().ref(0)] {
                        showPage(Page::train);
                        train_->resumeRun(run);
                    }}});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    event->setAccepted(closing_->allowed());
}

}  // namespace rest::ui
