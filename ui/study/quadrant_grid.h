// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/study/study_report.h"

class QPushButton;

namespace rest::ui {

/// People's yes or no by CLIP-TAM's right or wrong: four counts, each of which opens its clips.
class QuadrantGrid : public QFrame {
    Q_OBJECT

  public:
    explicit QuadrantGrid(QWidget* parent = nullptr);
    void setReport(const study::StudyReport& report);
    QPushButton* button(bool people_yes, bool tam_right) const { return buttons_[people_yes][tam_right]; }

  Q_SIGNALS:
    void opened(bool people_yes, bool tam_right);

  private:
    QPushButton* buttons_[2][2];
};

}  // namespace rest::ui
