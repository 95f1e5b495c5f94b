// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/reports/comparison_model.h"
#include "ui/reports/report_panel.h"

class QButtonGroup;
class QComboBox;
class QLabel;

namespace rest::ui {

class WrapLabel;

/// What became of every clip between two evaluations: the one chosen here and the page's current one.
class ComparePanel : public ReportPanel {
    Q_OBJECT

  public:
    explicit ComparePanel(QWidget* parent = nullptr);
    void setEvaluations(const std::vector<engine::StoredEvaluation>& evaluations);
    /// The current evaluation, and the one to compare it with when that is read already.
    void setReports(ReportPtr before, ReportPtr after, std::shared_ptr<const VideoTable> videos);
    /// What the current evaluation `after` is compared with: the user's choice, else the first epoch of its run.
    ReportKey before(ReportKey after);
    ComparisonModel* model() const { return model_; }
    enum class Filter { all, improved, worsened, same };
    void setFilter(Filter filter);

    evaluation::ResultTable table() const override;

  Q_SIGNALS:
    void beforeChosen();

  private:
    QWidget* makeHead();
    QWidget* makeFilters();
    void showCounts();

    ComparisonModel* model_;
    QComboBox* before_;
    QLabel* after_;
    QButtonGroup* filters_;
    QLabel* about_;
    std::vector<engine::StoredEvaluation> evaluations_;
    ReportKey chosen_;  // by the user
    ReportPtr left_, right_;
};

}  // namespace rest::ui
