// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_menu.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMainWindow>
#include <QMenuBar>
#include <iterator>
#include <utility>

#include "ui/look/format.h"

namespace rest::ui {

MainMenu::MainMenu(QMainWindow* window) : QObject(window), window_(window) {
    makeProjectMenu();
    makeGoMenu();
    makeViewMenu();
    makeHelpMenu();
    setProjectOpen(false);
}

void MainMenu::makeViewMenu() {
    QMenu* menu = window_->menuBar()->addMenu(tr("&View"));
    menu->addAction(tr("Show or hide the &queue"), QKeySequence(Qt::CTRL | Qt::Key_J), this, &MainMenu::queueRequested);
    menu->addAction(tr("Show or hide the &log"), QKeySequence(Qt::CTRL | Qt::Key_L), this, &MainMenu::logRequested);
    menu->addSeparator();
    QMenu* themes = menu->addMenu(tr("&Theme"));
    themes_ = new QActionGroup(this);
    const std::pair<QString, Theme> choices[] = {
        {tr("As the &desktop"), Theme::automatic}, {tr("&Light"), Theme::light}, {tr("D&ark"), Theme::dark}};
    for (const auto& [name, theme] : choices) {
        QAction* choice = themes->addAction(name, this, [this, theme] { Q_EMIT themeRequested(theme); });
        choice->setCheckable(true);
        choice->setData(static_cast<int>(theme));
        themes_->addAction(choice);
    }
    setTheme(Theme::automatic);
}

void MainMenu::setTheme(Theme theme) {
    for (QAction* choice : themes_->actions()) {
        if (choice->data().toInt() == static_cast<int>(theme)) choice->setChecked(true);
    }
}

void MainMenu::makeHelpMenu() {
    QMenu* menu = window_->menuBar()->addMenu(tr("&Help"));
    menu->addAction(tr("&Manual"), QKeySequence(Qt::Key_F1), this, &MainMenu::manualRequested);
    menu->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_Question), this, &MainMenu::shortcutsRequested);
    menu->addAction(tr("&Save a report about a problem…"), this, &MainMenu::problemReportRequested);
    menu->addSeparator();
    menu->addAction(tr("&About REST Studio"), this, &MainMenu::aboutRequested);
}

void MainMenu::makeProjectMenu() {
    QMenu* menu = window_->menuBar()->addMenu(tr("&Project"));
    menu->addAction(tr("&New project…"), QKeySequence::New, this, &MainMenu::pickNewProject);
    menu->addAction(tr("&Open project…"), QKeySequence::Open, this, &MainMenu::pickProject);
    menu->addAction(tr("Open &study file to rate…"), this, &MainMenu::pickStudy);
    recent_ = menu->addMenu(tr("Open &recent"));
    menu->addAction(tr("Open &demo"), this, &MainMenu::demoRequested);
    menu->addSeparator();
    of_project_ << menu->addAction(tr("&Export a run…"), QKeySequence(Qt::CTRL | Qt::Key_E), this,
                                   &MainMenu::exportRequested);
    of_project_ << menu->addAction(tr("&Close project"), QKeySequence::Close, this, &MainMenu::closeRequested);
    menu->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), window_, &QWidget::close);
}

void MainMenu::makeGoMenu() {
    QMenu* menu = window_->menuBar()->addMenu(tr("&Go"));
    const QString names[] = {tr("&Dataset"),  tr("&Train"), tr("&Captions"), tr("&Reports"),
                             tr("&Failures"), tr("&Study"), tr("&Models")};
    for (int page = 0; page < static_cast<int>(std::size(names)); ++page) {
        menu->addAction(names[page], QKeySequence(QStringLiteral("Ctrl+%1").arg(page + 1)), this,
                        [this, page] { Q_EMIT pageRequested(page); });
    }
    menu->addSeparator();
    menu->addAction(tr("&Find a page, action, video or setting…"), QKeySequence(Qt::CTRL | Qt::Key_K), this,
                    &MainMenu::findRequested);
}

void MainMenu::setProjectOpen(bool open) {
    for (QAction* action : of_project_) action->setEnabled(open);
}

void MainMenu::setRecent(const QStringList& folders) {
    recent_->clear();
    for (const QString& folder : folders) {
        recent_->addAction(projectName(folder), this, [this, folder] { Q_EMIT projectRequested(folder); })
            ->setToolTip(folder);
    }
    recent_->setEnabled(!folders.isEmpty());
}

void MainMenu::pickNewProject() {
    auto* dialog = new QFileDialog(window_, tr("New project"), {}, tr("Projects (*.rest)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("rest"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainMenu::newProjectRequested);
    connect(dialog, &QFileDialog::rejected, this, &MainMenu::newProjectRejected);
    dialog->open();
}

void MainMenu::pickProject() {
    auto* dialog = new QFileDialog(window_, tr("Open project"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainMenu::projectRequested);
    dialog->open();
}

void MainMenu::pickStudy() {
    auto* dialog = new QFileDialog(window_, tr("Open a study file to rate"), {}, tr("Studies (*.study)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &MainMenu::studyRequested);
    dialog->open();
}

}  // namespace rest::ui
