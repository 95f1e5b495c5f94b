// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "ui/look/theme.h"

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace rest::ui {

/// The window's menus, and the dialogs that ask which project or study to open. It only emits requests; others carry
/// them out.
class MainMenu : public QObject {
    Q_OBJECT

  public:
    explicit MainMenu(QMainWindow* window);
    /// Enables what needs an open project.
    void setProjectOpen(bool open);
    void setRecent(const QStringList& folders);
    /// The one that is marked under View > Theme.
    void setTheme(Theme theme);

    void pickNewProject();
    void pickProject();
    void pickStudy();

  Q_SIGNALS:
    void newProjectRequested(const QString& folder);
    void newProjectRejected();
    void projectRequested(const QString& folder);
    void studyRequested(const QString& file);
    void demoRequested();
    void exportRequested();
    void closeRequested();
    void pageRequested(int page);
    void findRequested();
    void queueRequested();  // to be shown, or hidden
    void logRequested();
    void themeRequested(rest::ui::Theme theme);
    void manualRequested();
    void shortcutsRequested();
    void problemReportRequested();
    void aboutRequested();

  private:
    void makeProjectMenu();
    void makeGoMenu();
    void makeViewMenu();
    void makeHelpMenu();

    QMainWindow* window_;
    QActionGroup* themes_ = nullptr;
    QMenu* recent_ = nullptr;
    QList<QAction*> of_project_;
};

}  // namespace rest::ui
