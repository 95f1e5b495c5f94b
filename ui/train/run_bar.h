// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/store/run_ref.h"

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace rest::ui {

class EngineClient;
class RunModel;

/// Which run is shown, its progress, and the actions on it.
///
/// Pause and Resume are one button that stays where it is and keeps the focus, so that the same key does and undoes
/// it. Cancel pauses the training; for ten seconds the window offers to continue it.
class RunBar : public QWidget {
    Q_OBJECT

  public:
    RunBar(EngineClient& engine, RunModel& runs, QWidget* parent = nullptr);
    void showRun(const store::RunRef& run);
    void refresh();
    QPushButton* pauseButton() const { return pause_; }
    QPushButton* cancelButton() const { return cancel_; }

  Q_SIGNALS:
    void runChosen(const rest::store::RunRef& run);
    void resumeRequested(const rest::store::RunRef& run);
    void settingsRequested(const rest::store::RunRef& run);

  private:
    void togglePause();
    void updateLine();
    void enable(QPushButton* button, bool on);

    EngineClient& engine_;
    RunModel& runs_;
    QComboBox* choice_;
    QLabel* line_;
    QPushButton* pause_;
    QPushButton* cancel_;
    QToolButton* settings_;
    store::RunRef shown_;
};

}  // namespace rest::ui
