// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace rest::ui {

class EngineClient;

/// Closing a window over jobs that run or wait: asks first, stops them, and closes when the last one has ended.
class Closing : public QObject {
    Q_OBJECT

  public:
    Closing(QWidget& window, EngineClient& engine);
    /// Whether the window may close now. If not, the user is asked, or the jobs are about to end.
    bool allowed();
    /// "Stop and close" was chosen.
    bool begun() const { return begun_; }

  Q_SIGNALS:
    void began();         // before the jobs are stopped
    void waitsForJobs();  // they are being stopped

  private:
    void stop();

    QWidget& window_;
    EngineClient& engine_;
    bool begun_ = false;
};

}  // namespace rest::ui
