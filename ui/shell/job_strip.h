// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace rest::ui {

class EngineClient;

/// The line at the bottom: what runs, how far it is, how fast, how long it will take; pause, cancel, log.
class JobStrip : public QFrame {
    Q_OBJECT

  public:
    explicit JobStrip(EngineClient& engine, QWidget* parent = nullptr);
    QToolButton* logButton() const { return log_; }

  private:
    void refresh();
    void togglePause();
    void cancelCurrent();

    EngineClient& engine_;
    QLabel* title_;
    QLabel* stage_;
    QLabel* figures_;
    QProgressBar* bar_;
    QToolButton* pause_;
    QToolButton* cancel_;
    QToolButton* log_;
    QString last_;
    bool shows_pause_ = true;
};

}  // namespace rest::ui
