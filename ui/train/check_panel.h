// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/engine/run/train_check_job.h"

class QDateTime;
class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace rest::ui {

/// The result of the check before the start: problems first, then videos, device, memory, disk and time.
class CheckPanel : public QWidget {
    Q_OBJECT

  public:
    explicit CheckPanel(QWidget* parent = nullptr);
    /// Back to the state before the first check.
    void clear();
    void showWaiting();
    /// The check is queued behind the job of that title.
    void showQueued(const QString& job);
    void showResult(const engine::TrainCheck& check);
    /// When the result shown was found, and whether the settings have changed since.
    void showAge(const QDateTime& when, bool changed_since);
    void showFailure(const QString& message, const QString& remedy);

  private:
    void tell(const char* tone, const QString& verdict, const QString& words);

    QFrame* card_;
    QLabel* verdict_;
    QLabel* age_;
    QLabel* lists_;
    QFormLayout* figures_;
};

}  // namespace rest::ui
