// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/reports/comparison_model.h"
#include "ui/reports/report_panel.h"

class QButtonGroup;
class QComboBox;
class QLabel;

namespace rest::ui {

class WrapLabel;

/// How every clip changed between two evaluations: the one chosen here and the page's current one. The earlier of the
/// two is always "before".
class ComparePanel : public ReportPanel {
    Q_OBJECT

  public:
    explicit ComparePanel(QWidget* parent = nullptr);
    void setEvaluations(const EvaluationList& evaluations);
    /// The current evaluation and the one to compare it with; null while not read.
    void setReports(ReportPtr current, ReportPtr other, std::shared_ptr<const VideoTable> videos);
    /// The evaluation to compare the current one with: the user's choice, else the other end of its run, else the one
    /// next to it in time.
    ReportKey other(const ReportKey& current);
    ComparisonModel* model() const { return model_; }
    enum class Filter { all, improved, worsened, same };
    void setFilter(Filter filter);

    evaluation::ResultTable table() const override;

  Q_SIGNALS:
    void otherChosen();

  private:
    QWidget* makeHead();
    QWidget* makeFilters();
    void fillField(const ReportKey& current);
    std::optional<ReportKey> chosenFor(const ReportKey& current) const;
    ReportKey proposalFor(const ReportKey& current) const;
    void showSides();
    void showCounts();

    ComparisonModel* model_;
    QComboBox* other_;
    QLabel* sides_;
    QButtonGroup* filters_;
    QLabel* about_;
    EvaluationList evaluations_;
    std::vector<ReportKey> offered_;  // in the field
    ReportKey chosen_;                // by the user
    ReportPtr left_, right_;          // before, after
};

}  // namespace rest::ui
