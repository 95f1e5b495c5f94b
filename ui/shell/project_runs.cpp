// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/project_runs.h"

#include "core/store/project.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"

namespace rest::ui {

ProjectRuns::ProjectRuns(ProjectSession& session, EngineClient& engine, QObject* parent)
    : QObject(parent), session_(session), trainings_(new RunModel(this)), all_(new RunModel(this)) {
    connect(&session_, &ProjectSession::opened, this, [this] {
        first_ = true;
        read();
    });
    connect(&session_, &ProjectSession::closed, this, [this] {
        for (RunModel* model : {trainings_, all_}) model->setRuns({}, {});
    });
    connect(&engine, &EngineClient::runChanged, this, [this](const store::RunRef& run) {
        if (session_.holds(run)) read();
    });
    connect(&engine, &EngineClient::jobFinished, this, &ProjectRuns::read);
}

void ProjectRuns::read() {
    session_.read(
        this, [](const store::Project& project) { return project.runs(); },
        [this](std::vector<store::RunRecord> runs) {
            const auto project = session_.ref().project;
            all_->setRuns(project, runs);
            std::erase_if(runs, [](const store::RunRecord& run) { return run.kind != store::RunKind::training; });
            trainings_->setRuns(project, std::move(runs));
            if (std::exchange(first_, false)) Q_EMIT known();
        });
}

}  // namespace rest::ui
