// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMainWindow;
class QMenu;

namespace rest::ui {

/// The window's menus, and the dialogs that ask which project or study to open. It only emits requests; others carry
/// them out.
class MainMenu : public QObject {
    Q_OBJECT

  public:
    explicit MainMenu(QMainWindow* window);
    void setRecent(const QStringList& folders);

    void pickNewProject();
    void pickProject();
    void pickStudy();

  Q_SIGNALS:
    void newProjectRequested(const QString& folder);
    void newProjectRejected();
    void projectRequested(const QString& folder);
    void studyRequested(const QString& file);
    void demoRequested();
    void closeRequested();
    void pageRequested(int page);
    void problemReportRequested();

  private:
    void makeProjectMenu();
    void makeGoMenu();

    QMainWindow* window_;
    QMenu* recent_ = nullptr;
};

}  // namespace rest::ui
