// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/study/study_findings.h"
#include "ui/study/study_summary.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTabWidget;

namespace rest::ui {

class ProjectSession;
class StudyGallery;
class StudyOverview;
class StudyReportPanel;
class StudyWork;

/// One study: its progress, its report and its clips, and the actions on it.
class StudyPanel : public QWidget {
    Q_OBJECT

  public:
    StudyPanel(ProjectSession& session, StudyWork& work, QWidget* parent = nullptr);
    void setStudy(const StudySummary& study);
    const StudySummary& study() const { return study_; }

    enum class View { overview, report, clips };
    void show(View view);
    using QWidget::show;
    /// Format by the file's extension: .csv, .json, .tex or .pdf.
    void saveReport(const QString& file);
    StudyReportPanel* report() const { return report_; }
    StudyGallery* gallery() const { return gallery_; }
    bool idle() const;

  Q_SIGNALS:
    void rateRequested(const QString& file);
    void exportRequested();
    void mergeRequested();
    void videoRequested(const QString& name);
    void saved(const QString& file);

  private:
    QWidget* makeHeader();
    QWidget* makeReportBar();
    QWidget* makeReportTab();
    void askFile(const QString& ending, const QString& kind);
    void load();
    void update();
    study::ReportSettings settings() const;

    ProjectSession& session_;
    StudyWork& work_;
    StudySummary study_;
    QLabel* name_;
    QLabel* about_;
    QPushButton* rate_;
    QPushButton* export_;
    QPushButton* merge_;
    QPushButton* report_button_;
    QPushButton* save_;
    QComboBox* ties_;
    QCheckBox* pseudonyms_;
    QTabWidget* tabs_;
    StudyOverview* overview_;
    StudyReportPanel* report_;
    StudyGallery* gallery_;
    int loads_ = 0;  // counts requests: only the last answer is used
    bool loading_ = false;
    bool fresh_ = false;  // the next report is another study's
};

}  // namespace rest::ui
