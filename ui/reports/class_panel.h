// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/reports/report.h"
#include "ui/reports/report_panel.h"
#include "ui/session/video_table.h"

class QComboBox;
class QLabel;

namespace rest::ui {

class BarList;
class OutcomeModel;

/// How often each class is right, and the clips of the chosen one.
class ClassPanel : public ReportPanel {
    Q_OBJECT

  public:
    explicit ClassPanel(QWidget* parent = nullptr);
    void setReport(ReportPtr report, std::shared_ptr<const VideoTable> videos, const QString& project);
    void chooseClass(int label);
    enum class Order { worst, best, name, clips };
    void setOrder(Order order);
    BarList* bars() const { return bars_; }
    OutcomeModel* clips() const { return clips_; }

    evaluation::ResultTable table() const override;
    std::optional<Picture> picture() const override;

  private:
    void fillBars();
    void showClips(int label);

    ReportPtr report_;
    std::shared_ptr<const VideoTable> videos_;
    QString project_;
    QComboBox* order_;
    BarList* bars_;
    QLabel* about_;
    OutcomeModel* clips_;
};

}  // namespace rest::ui
