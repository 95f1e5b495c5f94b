// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace rest::ui {

class LongWork;

/// What LongWork does, how far it is, and a way to stop it. Hidden while it rests.
class WorkBar : public QFrame {
    Q_OBJECT

  public:
    explicit WorkBar(LongWork& work, QWidget* parent = nullptr);

  private:
    void refresh();

    LongWork& work_;
    QLabel* title_;
    QLabel* figures_;
    QProgressBar* bar_;
    QPushButton* cancel_;
};

}  // namespace rest::ui
