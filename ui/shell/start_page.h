// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace rest::ui {

/// What the window shows without a project: the demo, a new project, an existing one, or a folder dropped here.
class StartPage : public QWidget {
    Q_OBJECT

  public:
    explicit StartPage(QWidget* parent = nullptr);
    void setRecent(const QStringList& folders);

  Q_SIGNALS:
    void demoRequested();
    void newProjectRequested();
    void openRequested();
    void modelsRequested();
    void projectRequested(const QString& folder);
    void studyRequested();
    void folderDropped(const QString& path);

  private:
    QWidget* makeChoices();
    QVBoxLayout* recent_;
    QWidget* recent_box_;
};

}  // namespace rest::ui
