// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/engine/queue/events.h"

class QLabel;
class QTableView;
class QToolButton;

namespace rest::ui {

class EngineClient;
class QueueModel;

/// The queue as a list: drag a row, or press Alt+Up and Alt+Down, to change the order; Delete drops a job, and the
/// window offers to undo that.
class QueuePanel : public QFrame {
    Q_OBJECT

  public:
    explicit QueuePanel(EngineClient& engine, QWidget* parent = nullptr);
    QueueModel& model() { return *model_; }
    QTableView* list() { return list_; }

  private:
    void move(int places);
    void drop();
    void keepSelection();
    void updateButtons();

    EngineClient& engine_;
    QueueModel* model_;
    QTableView* list_;
    QToolButton* up_;
    QToolButton* down_;
    QLabel* empty_;
    QToolButton* drop_;
    engine::JobId selected_ = 0;
};

}  // namespace rest::ui
