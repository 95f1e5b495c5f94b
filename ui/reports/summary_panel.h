// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/reports/report.h"
#include "ui/reports/report_panel.h"

class QTableView;

namespace rest::ui {

class ProvenanceCard;
class ResultTableModel;

/// Evaluations next to each other and to the paper, and where the current one's numbers come from.
class SummaryPanel : public ReportPanel {
    Q_OBJECT

  public:
    explicit SummaryPanel(QWidget* parent = nullptr);
    void setReports(const std::vector<ReportPtr>& reports, const QString& project);
    void setCurrent(const ReportPtr& report, const QString& project);
    evaluation::ResultTable table() const override;

  Q_SIGNALS:
    void chosen(rest::ui::ReportKey key);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void selectCurrent();
    void fitColumns();
    ResultTableModel* model_;
    QTableView* view_;
    ProvenanceCard* provenance_;
    std::vector<evaluation::PaperTable> paper_;
    std::vector<ReportKey> rows_;
    ReportKey current_;
};

}  // namespace rest::ui
