// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/reports/report.h"
#include "ui/reports/report_panel.h"
#include "ui/session/video_table.h"

class QLabel;
class QTableView;

namespace rest::ui {

class OutcomeModel;
class ConfusionMap;
class ResultTableModel;

/// Which class is mistaken for which: the map, the most confused pairs, and the clips of a cell.
class ConfusionPanel : public ReportPanel {
    Q_OBJECT

  public:
    explicit ConfusionPanel(QWidget* parent = nullptr);
    void setReport(ReportPtr report, std::shared_ptr<const VideoTable> videos, const QString& project);
    ConfusionMap* map() const { return map_; }
    OutcomeModel* clips() const { return clips_; }
    ResultTableModel* pairs() const { return pairs_; }

    evaluation::ResultTable table() const override;
    std::optional<Picture> picture() const override;

  private:
    QWidget* makeMap();
    QWidget* makeSide();
    void showCell(int label, int predicted);

    ReportPtr report_;
    std::shared_ptr<const VideoTable> videos_;
    ConfusionMap* map_;
    ResultTableModel* pairs_;
    QTableView* pair_view_;
    QLabel* about_;
    OutcomeModel* clips_;
};

}  // namespace rest::ui
