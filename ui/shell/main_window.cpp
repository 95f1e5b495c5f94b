// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QPointer>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/store/project.h"
#include "ui/captions/captions_page.h"
#include "ui/controls/notice_bar.h"
#include "ui/controls/undo_bar.h"
#include "ui/controls/wheel_guard.h"
#include "ui/dataset/dataset_page.h"
#include "ui/look/format.h"
#include "ui/models/models_page.h"
#include "ui/rating/rating_screen.h"
#include "ui/reports/reports_page.h"
#include "ui/session/engine_client.h"
#include "ui/session/log_panel.h"
#include "ui/session/place.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/shell/closing_question.h"
#include "ui/shell/demo_start.h"
#include "ui/shell/job_messages.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/page_sidebar.h"
#include "ui/shell/problem_report_dialog.h"
#include "ui/shell/queue_panel.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/start_page.h"
#include "ui/study/study_page.h"
#include "ui/train/train_page.h"

namespace rest::ui {

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      engine_(new EngineClient(this)),
      session_(new ProjectSession(this)),
      runs_(new RunModel(this)),
      all_runs_(new RunModel(this)),
      menu_(new MainMenu(this)),
      sidebar_(new PageSidebar) {
    setWindowIcon(QIcon(QStringLiteral(":/icons/rest-studio.svg")));
    new WheelGuard(this);
    resize(1280, 800);
    setMinimumSize(1060, 640);
    makeCentre();
    connectMenu();
    connectSession();
    connectEngine();
    connectStudy();
    fillRecent();
    setWindowTitle(tr("REST Studio"));
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre() {
    notice_ = new NoticeBar;
    notice_->setObjectName(QStringLiteral("windowNotice"));  // pages may have notices of their own
    start_ = new StartPage;
    dataset_ = new DatasetPage(*session_, *engine_);
    train_ = new TrainPage(*session_, *engine_, *runs_);
    captions_ = new CaptionsPage(*session_, *engine_, *all_runs_);
    reports_ = new ReportsPage(*session_, *engine_, *runs_);
    study_ = new StudyPage(*session_, *runs_);
    models_ = new ModelsPage(*session_, *engine_);
    rating_ = new RatingScreen;
    strip_ = new JobStrip(*engine_);
    undo_ = new UndoBar;
    undo_->setObjectName(QStringLiteral("undoBar"));
    queue_ = new QueuePanel(*engine_);
    queue_->setFixedHeight(170);
    queue_->setObjectName(QStringLiteral("queuePanel"));
    queue_->hide();
    log_ = new LogPanel;
    log_->setFixedHeight(150);
    log_->setObjectName(QStringLiteral("logPanel"));
    log_->hide();
    pages_ = new QStackedWidget;
    for (QWidget* page : std::initializer_list<QWidget*>{dataset_, train_, captions_, reports_, study_, models_})
        pages_->addWidget(page);

    auto* workspace = new QWidget;
    auto* row = new QHBoxLayout(workspace);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(sidebar_);
    row->addWidget(pages_, 1);
    outer_ = new QStackedWidget;
    outer_->addWidget(start_);
    outer_->addWidget(workspace);

    auto* centre = new QWidget;
    centre_ = new QVBoxLayout(centre);
    centre_->setContentsMargins(0, 0, 0, 0);
    centre_->setSpacing(0);
    centre_->addWidget(notice_);
    centre_->addWidget(outer_, 1);
    centre_->addWidget(undo_);  // beside the strip, where most actions that it undoes are triggered
    centre_->addWidget(log_);
    centre_->addWidget(queue_);
    centre_->addWidget(strip_);
    whole_ = new QStackedWidget;
    whole_->addWidget(centre);
    whole_->addWidget(rating_);
    setCentralWidget(whole_);
    job_messages_ = new JobMessages(*engine_, *session_, {strip_, undo_, notice_}, this);
    connectPages();
    sidebar_->setPage(0);
}

void MainWindow::connectPages() {
    connect(sidebar_, &PageSidebar::pageChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(sidebar_, &PageSidebar::pageChanged, this, &MainWindow::pageChanged);
    connect(strip_->logButton(), &QToolButton::toggled, log_, &QWidget::setVisible);
    connect(strip_->queueButton(), &QToolButton::toggled, queue_, &QWidget::setVisible);
    connect(train_, &TrainPage::undoOffered, this,
            [this](const QString& message, const QString& detail, const std::function<void()>& undo) {
                undo_->offer(message, detail, undo);
            });
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
    connect(menu_, &MainMenu::problemReportRequested, this, [this] { openProblemReport(session_->folder(), this); });
}

void MainWindow::connectSession() {
    connect(session_, &ProjectSession::opened, this, &MainWindow::projectOpened);
    connect(session_, &ProjectSession::closed, this, [this] {
        strip_->setLastLine({});
        runs_->setRuns({}, {});
        all_runs_->setRuns({}, {});
        outer_->setCurrentIndex(0);
        sidebar_->markDemo(false);
        fillRecent();
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
    connect(rating_, &RatingScreen::failed, this, [this](const QString& message, const QString& remedy) {
        setRating(false);
        notice_->tell(NoticeBar::Kind::bad, message, remedy);
    });
    connect(rating_, &RatingScreen::left, this, [this] {
        const bool sent = !rating_->insideProject();
        rating_->close();
        setRating(false);
        if (sent && !session_->isOpen()) return void(close());
        study_->reload();
    });
}

void MainWindow::connectEngine() {
    connect(engine_, &EngineClient::logged, log_, &LogPanel::add);
    connect(engine_, &EngineClient::runChanged, this, [this](const store::RunRef& run) {
        if (session_->holds(run)) reloadRuns();
    });
    connect(engine_, &EngineClient::jobFinished, this, &MainWindow::jobFinished);
}

void MainWindow::showLog(bool on) {
    strip_->logButton()->setChecked(on);
}

void MainWindow::showQueue(bool on) {
    strip_->queueButton()->setChecked(on);
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

void MainWindow::addBar(QWidget* bar) {
    centre_->insertWidget(0, bar);
}

void MainWindow::fillRecent() {
    const QStringList folders = recentProjects();
    start_->setRecent(folders);
    menu_->setRecent(folders);
}

void MainWindow::openProject(const QString& folder, Page page) {
    notice_->hide();
    first_page_ = page;
    session_->open(folder);
}

void MainWindow::openStudy(const QString& file) {
    rating_->open(file, session_->isOpen());
    setRating(true);
}

/// An annotator sees nothing of the project: no menu, no job, and no message of a training that ends meanwhile.
void MainWindow::setRating(bool on) {
    if (on == (whole_->currentWidget() == rating_)) return;
    if (on) studio_title_ = windowTitle();
    if (!on && isFullScreen()) showNormal();
    menuBar()->setVisible(!on);
    whole_->setCurrentIndex(on ? 1 : 0);
    setWindowTitle(on ? tr("Rating — REST Studio") : studio_title_);
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
    notice_->tell(NoticeBar::Kind::note, tr("Choose where the new project for these videos should be"), dropped);
    menu_->pickNewProject();
}

void MainWindow::projectOpened() {
    addRecentProject(session_->folder());
    fillRecent();
    const bool demo = session_->kind() == QLatin1String("demo");
    sidebar_->markDemo(demo);
    const QString mark = demo ? tr(" (demo world)") : QString();
    setWindowTitle(tr("%1%2 — REST Studio").arg(session_->name(), mark));
    outer_->setCurrentIndex(1);
    sidebar_->allowOnly(-1);
    job_messages_->recall();
    showPage(std::exchange(first_page_, Page::dataset));
    offer_resume_ = true;
    reloadRuns();
    if (!import_after_open_.isEmpty()) dataset_->preview(std::exchange(import_after_open_, {}));
}

void MainWindow::reloadRuns() {
    session_->read(
        this, [](const store::Project& project) { return project.runs(); },
        [this](std::vector<store::RunRecord> runs) {
            const auto project = session_->ref().project;
            all_runs_->setRuns(project, runs);
            std::erase_if(runs, [](const store::RunRecord& run) { return run.kind != store::RunKind::training; });
            runs_->setRuns(project, std::move(runs));
            if (std::exchange(offer_resume_, false)) offerResume();
        });
}

void MainWindow::offerResume() {
    const store::RunRecord* run = runs_->run(0);
    if (!run || engine_->busy()) return;
    const bool stopped = run->status == store::RunStatus::running || run->status == store::RunStatus::paused ||
                         run->status == store::RunStatus::cancelled;
    if (!stopped) return;
    const QString message =
        tr("Run %1 stopped at epoch %2 of %3").arg(text(run->name)).arg(run->epoch).arg(totalEpochs(*run));
    notice_->tell(NoticeBar::Kind::note, message, tr("It can go on from its last checkpoint."),
                  {{tr("Go on"), [this, run = runs_->ref(0)] {
                        showPage(Page::train);
                        train_->resumeRun(run);
                    }}});
}

void MainWindow::jobFinished() {
    reloadRuns();
    if (closing_ && !engine_->busy()) close();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!engine_->busy()) return QMainWindow::closeEvent(event);
    event->ignore();
    if (closing_) return;
    // A user who has cancelled all jobs has answered already.
    if (std::ranges::all_of(engine_->jobs(), &JobInfo::withdrawn)) return stopAndClose();
    askBeforeClosing(engine_->jobs(), this, [this] { stopAndClose(); });
}

void MainWindow::stopAndClose() {
    closing_ = true;
    Q_EMIT closingBegan();
    if (!engine_->busy()) {
        close();
        return;
    }
    notice_->tell(NoticeBar::Kind::note, tr("Stopping: the window closes when the job has come to a safe place."));
    engine_->cancelAll();
}

}  // namespace rest::ui
