// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/reports/report.h"
#include "ui/session/video_table.h"

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace rest::ui {

class ClassPanel;
class ComparePanel;
class ConfusionPanel;
class EmptyState;
class EngineClient;
class EvaluationColumn;
class EvaluationModel;
class ExplorerPanel;
class ExportButton;
class ProjectSession;
class ReportBook;
class ReportPanel;
class RunModel;
class SummaryPanel;

/// The evaluations at the left; at the right their summary, classes, confusion, comparison, and the CLIP-TAM explorer.
class ReportsPage : public QWidget {
    Q_OBJECT

  public:
    ReportsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent = nullptr);

    enum class View { summary, classes, confusion, compare, explorer };
    void show(View view);
    using QWidget::show;
    void showReport(ReportKey key);

    const ReportKey& current() const { return current_; }
    EvaluationColumn* column() const { return column_; }
    EvaluationModel* evaluations() const;
    SummaryPanel* summary() const { return summary_; }
    ClassPanel* classes() const { return classes_; }
    ConfusionPanel* confusion() const { return confusion_; }
    ComparePanel* compare() const { return compare_; }
    ExplorerPanel* explorer() const { return explorer_; }
    ExportButton* exporter() const { return export_; }
    bool idle() const;

  Q_SIGNALS:
    void videoActivated(const rest::ui::Place& place);
    void told(const QString& message, bool good);

  private:
    QWidget* makeRight();
    QWidget* makeHead();
    void addTab(ReportPanel* panel, const QString& name, const QString& tip, bool needs_report);
    void takeList();
    void takeReport(ReportKey key);
    void showCurrent();
    void showPanels(const ReportPtr& report);
    void showSummary();
    void showComparison();
    void updateEmpty();
    ReportPanel* shownPanel() const;

    ProjectSession& session_;
    EngineClient& engine_;
    ReportBook* book_;
    EvaluationColumn* column_;
    QLabel* title_;
    QLabel* about_;
    ExportButton* export_;
    QTabWidget* tabs_;
    std::vector<QStackedWidget*> stacks_;  // of the tabs that need a report: panel, empty state
    std::vector<EmptyState*> empties_;
    SummaryPanel* summary_;
    ClassPanel* classes_;
    ConfusionPanel* confusion_;
    ComparePanel* compare_;
    ExplorerPanel* explorer_;
    ReportPtr shown_;                                 // in the panels
    std::shared_ptr<const VideoTable> shown_videos_;  // beside it
    ReportKey current_;
    ReportKey wanted_;  // just measured, not in the list yet
};

}  // namespace rest::ui
