// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/study/rating_session.h"

class QLabel;
class QProgressBar;

namespace rest::ui {

/// How far somebody is who rates, and the button for a pause.
class RatingHeader : public QWidget {
    Q_OBJECT

  public:
    explicit RatingHeader(QWidget* parent = nullptr);
    void show(const study::RatingProgress& progress);
    using QWidget::show;

  Q_SIGNALS:
    void pauseRequested();

  private:
    QLabel* line_;
    QProgressBar* bar_;
};

}  // namespace rest::ui
