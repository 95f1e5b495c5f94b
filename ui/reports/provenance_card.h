// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/reports/report.h"

class QGridLayout;
class QLineEdit;

namespace rest::ui {

class WrapLabel;

/// Where an evaluation's numbers come from, and the command that reproduces them.
class ProvenanceCard : public QFrame {
    Q_OBJECT

  public:
    explicit ProvenanceCard(QWidget* parent = nullptr);
    void show(const Report& report, const QString& project);
    using QFrame::show;

  private:
    WrapLabel* addLine(const QString& name);
    QGridLayout* grid_;
    WrapLabel* run_;
    WrapLabel* model_;
    WrapLabel* clip_;
    WrapLabel* names_;
    WrapLabel* captions_;
    QLineEdit* command_;
};

}  // namespace rest::ui
