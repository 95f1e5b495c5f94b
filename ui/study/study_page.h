// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

#include "core/study/export_study.h"
#include "ui/session/background.h"
#include "ui/session/place.h"

class QListView;
class QPushButton;
class QStackedWidget;

namespace rest::ui {

class EmptyState;
class ExportStudyDialog;
class ProjectSession;
class RunModel;
class StudyModel;
class StudyPanel;
class StudySetupPanel;
class StudyWork;

/// The studies of the project: set one up, have it rated here or elsewhere, and see the results.
class StudyPage : public QWidget {
    Q_OBJECT

  public:
    StudyPage(ProjectSession& session, RunModel& runs, QWidget* parent = nullptr);

    /// Reloads the list, and the report of the study shown.
    void reload();
    void newStudy();
    void showStudy(const QString& file);
    /// `otherwise` is called on failure.
    void exportStudy(const study::ExportSettings& settings, std::function<void(const Failure&)> otherwise = {});
    void mergeFiles(const QStringList& files);
    StudyPanel* panel() const { return panel_; }
    StudySetupPanel* setup() const { return setup_; }
    StudyModel* studies() const { return studies_; }
    bool idle() const;

  Q_SIGNALS:
    void rateRequested(const QString& file);
    void videoActivated(const rest::ui::Place& place);
    void told(const QString& message, const QString& detail);
    void failed(const QString& message, const QString& remedy);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeList();
    void connectPanels();
    void takeStudies(bool evaluated);
    void showCurrent();
    void askExport();
    void askExportAgain(const study::ExportSettings& typed, const Failure& failure);
    void openExport(ExportStudyDialog* dialog);
    void askMerge();
    void openVideo(const QString& name);
    QString freeName() const;

    ProjectSession& session_;
    StudyWork* work_;
    StudyModel* studies_;
    QWidget* left_;
    QListView* list_;
    QPushButton* new_;
    QStackedWidget* body_;  // no study yet, set-up, a study
    EmptyState* empty_;
    StudySetupPanel* setup_;
    StudyPanel* panel_;
    QString wanted_;  // file to show once it is in the list
    bool loading_ = false;
    bool load_again_ = false;
};

}  // namespace rest::ui
