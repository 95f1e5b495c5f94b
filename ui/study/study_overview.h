// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace rest::ui {

class WrapLabel;
struct StudySummary;

/// A study's settings and its progress.
class StudyOverview : public QWidget {
    Q_OBJECT

  public:
    explicit StudyOverview(QWidget* parent = nullptr);
    void setStudy(const StudySummary& study);

  private:
    QLabel* progress_;
    QProgressBar* bar_;
    WrapLabel* facts_;
    WrapLabel* instructions_;
};

}  // namespace rest::ui
