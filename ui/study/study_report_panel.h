// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/study/study_findings.h"

class QTableView;

namespace rest::ui {

class AnnotatorModel;
class CurveChart;
class FigureCard;
class QuadrantGrid;

/// How much people agree with CLIP-TAM and with each other.
class StudyReportPanel : public QWidget {
    Q_OBJECT

  public:
    explicit StudyReportPanel(QWidget* parent = nullptr);
    void setFindings(const StudyFindings& findings);
    QuadrantGrid* quadrants() const { return quadrants_; }
    /// Accuracy by people, accuracy by CLIP-TAM, their agreement, raw agreement, kappa, alpha, AC1.
    const QList<FigureCard*>& figures() const { return figures_; }

  private:
    QWidget* makeFigures();
    QWidget* makeMiddle();

    QList<FigureCard*> figures_;
    QuadrantGrid* quadrants_;
    CurveChart* stability_;
    AnnotatorModel* annotators_;
    QTableView* annotator_table_;
};

}  // namespace rest::ui
