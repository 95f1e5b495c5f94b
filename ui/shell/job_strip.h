// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/engine/queue/events.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace rest::ui {

class EngineClient;

/// The line at the bottom: the running job, its progress, speed and time left; pause, cancel, queue, log.
/// Without a job: how the last one of the open project ended.
class JobStrip : public QFrame {
    Q_OBJECT

  public:
    explicit JobStrip(EngineClient& engine, QWidget* parent = nullptr);
    QToolButton* logButton() const { return log_; }
    QToolButton* queueButton() const { return queue_; }
    QToolButton* pauseButton() const { return pause_; }
    void setLastLine(const QString& line);
    static QString lineOf(const engine::JobFinished& result);

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
    QToolButton* queue_;
    QToolButton* log_;
    QString last_;
    bool shows_pause_ = true;
};

}  // namespace rest::ui
