// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/engine/run/train_check_job.h"

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace rest::ui {

/// What the check before the start found: problems first, then videos, device, memory, disk and time.
class CheckPanel : public QWidget {
    Q_OBJECT

  public:
    explicit CheckPanel(QWidget* parent = nullptr);
    /// As before the first check.
    void clear();
    void showWaiting();
    void showResult(const engine::TrainCheck& check);
    void showFailure(const QString& message, const QString& remedy);

  private:
    void tell(const char* tone, const QString& verdict, const QString& words);

    QFrame* card_;
    QLabel* verdict_;
    QLabel* lists_;
    QFormLayout* figures_;
};

}  // namespace rest::ui
