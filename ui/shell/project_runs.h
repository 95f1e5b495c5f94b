// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace rest::ui {

class EngineClient;
class ProjectSession;
class RunModel;

/// The runs of the project that is open: read when it is opened, and again when one of them changes or a job ends.
class ProjectRuns : public QObject {
    Q_OBJECT

  public:
    ProjectRuns(ProjectSession& session, EngineClient& engine, QObject* parent = nullptr);
    RunModel& trainings() const { return *trainings_; }
    RunModel& all() const { return *all_; }  // baselines too

  Q_SIGNALS:
    void known();  // for the first time since the project was opened

  private:
    void read();

    ProjectSession& session_;
    RunModel* trainings_;
    RunModel* all_;
    bool first_ = false;  // since the opening
};

}  // namespace rest::ui
