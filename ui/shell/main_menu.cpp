// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_menu.h"

#include <QFileDialog>
#include <QMainWindow>
#include <QMenuBar>
#include <iterator>

#include "ui/look/format.h"

namespace rest::ui {

MainMenu::MainMenu(QMainWindow* window) : QObject(window), window_(window) {
    makeProjectMenu();
    makeGoMenu();
    QMenu* help = window_->menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Save a report about a problem…"), this, &MainMenu::problemReportRequested);
}

void MainMenu::makeProjectMenu() {
    QMenu* menu = window_->menuBar()->addMenu(tr("&Project"));
    menu->addAction(tr("&New project…"), QKeySequence::New, this, &MainMenu::pickNewProject);
    menu->addAction(tr("&Open project…"), QKeySequence::Open, this, &MainMenu::pickProject);
    menu->addAction(tr("Open &study file to rate…"), this, &MainMenu::pickStudy);
    recent_ = menu->addMenu(tr("Open &recent"));
    menu->addAction(tr("Open &demo"), this, &MainMenu::demoRequested);
    menu->addSeparator();
    menu->addAction(tr("&Close project"), QKeySequence::Close, this, &MainMenu::closeRequested);
    menu->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), window_, &QWidget::close);
}

void MainMenu::makeGoMenu() {
    QMenu* menu = window_->menuBar()->addMenu(tr("&Go"));
    const QString names[] = {tr("&Dataset"), tr("&Train"), tr("&Captions"),
                             tr("&Reports"), tr("&Study"), tr("&Models")};
    for (int page = 0; page < static_cast<int>(std::size(names)); ++page) {
        menu->addAction(names[page], QKeySequence(QStringLiteral("Ctrl+%1").arg(page + 1)), this,
                        [this, page] { Q_EMIT pageRequested(page); });
    }
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
