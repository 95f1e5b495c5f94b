// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/study/rating_session.h"

class QLabel;
class QPushButton;

namespace rest::ui {

class WrapLabel;

/// The researcher's feedback on an answer of the training round, shown until the annotator continues.
class FeedbackPane : public QWidget {
    Q_OBJECT

  public:
    explicit FeedbackPane(QWidget* parent = nullptr);
    void begin(const study::Feedback& feedback);

  Q_SIGNALS:
    void done();

  private:
    QLabel* title_;
    WrapLabel* words_;
    QPushButton* next_;
};

}  // namespace rest::ui
