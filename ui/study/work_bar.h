// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace rest::ui {

class StudyWork;

/// What StudyWork is doing, its progress, and a way to stop it. Hidden when idle.
class WorkBar : public QFrame {
    Q_OBJECT

  public:
    explicit WorkBar(StudyWork& work, QWidget* parent = nullptr);

  private:
    void refresh();

    StudyWork& work_;
    QLabel* title_;
    QLabel* figures_;
    QProgressBar* bar_;
    QPushButton* cancel_;
};

}  // namespace rest::ui
