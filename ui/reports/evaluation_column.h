// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/engine/queue/events.h"
#include "ui/reports/report.h"

class QListView;
class QMenu;
class QPushButton;

namespace rest::ui {

class EngineClient;
class EvaluationModel;
class ProjectSession;
class RunModel;
class WrapLabel;

/// All evaluations of the project, and the buttons that start more of them.
class EvaluationColumn : public QWidget {
    Q_OBJECT

  public:
    EvaluationColumn(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent = nullptr);

    EvaluationModel* model() const { return model_; }
    void setEvaluations(const EvaluationList& evaluations);
    void setCurrent(ReportKey key);
    void evaluateRun(const store::RunRef& run);
    /// `model` may be empty except for BLIP in CLIP mode.
    void addBaseline(store::RunKind kind, const QString& model = {});
    /// A job measures the open project.
    bool evaluating() const;
    /// CLIP-TAM has clips to be measured on.
    bool hasLabelledClips() const;

  Q_SIGNALS:
    void chosen(rest::ui::ReportKey key);
    void measured(rest::ui::ReportKey key);
    void told(const QString& message, bool good);

  private:
    void makeList();
    QWidget* makeButtons();
    void fillRunMenu();
    void askForModel();
    void evaluate(store::RunKind kind, std::optional<store::RunId> run, const QString& model);
    void jobFinished(const engine::JobFinished& result);
    void updateButtons();

    ProjectSession& session_;
    EngineClient& engine_;
    RunModel& runs_;
    EvaluationModel* model_;
    QListView* list_;
    WrapLabel* empty_;
    QPushButton* evaluate_button_;
    QPushButton* baseline_button_;
    QMenu* run_menu_;
    engine::JobId job_ = 0;
    store::RunRef job_of_;  // the project that the job measures
};

}  // namespace rest::ui
