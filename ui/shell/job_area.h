// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace rest::ui {

class EngineClient;
class JobStrip;
class LogPanel;
class QueuePanel;
class UndoBar;

/// The lower edge of the window: the job strip, and above it what it shows and hides: queue and log. The offers to undo
/// are here too, since most actions that they undo are triggered here.
class JobArea : public QWidget {
    Q_OBJECT

  public:
    explicit JobArea(EngineClient& engine, QWidget* parent = nullptr);
    JobStrip& strip() const { return *strip_; }
    QueuePanel& queue() const { return *queue_; }
    UndoBar& undo() const { return *undo_; }
    void showLog(bool on);
    void showQueue(bool on);
    void toggleLog();
    void toggleQueue();

  private:
    JobStrip* strip_;
    QueuePanel* queue_;
    LogPanel* log_;
    UndoBar* undo_;
};

}  // namespace rest::ui
