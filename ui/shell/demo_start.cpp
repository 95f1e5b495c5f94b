// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/demo_start.h"

#include "core/base/paths.h"
#include "core/demo/demo_job.h"
#include "core/engine/run/train_job.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {
namespace {

demo::DemoParams demoParams() {
    return {.folder = data_dir() / "demo"};
}

/// With the models that the project has now: the run may have to wait.
void train(const ProjectSession& session, EngineClient& engine) {
    engine.submit(engine::make_train_job({.project = path(session.folder()),
                                          .settings = demo::demo_settings(demoParams()),
                                          .name = "REST",
                                          .models = session.models()}));
}

/// Lives until the opening has come to its end.
void openAndTrain(ProjectSession& session, EngineClient& engine) {
    const auto project = demo::demo_project(demoParams().folder);
    auto* once = new QObject(&session);
    QObject::connect(&session, &ProjectSession::openFailed, once, &QObject::deleteLater);
    QObject::connect(&session, &ProjectSession::opened, once, [once, project, &session, &engine] {
        once->deleteLater();
        std::error_code error;
        if (!std::filesystem::equivalent(session.ref().project, project, error))
            return;  // another was opened meanwhile
        session.read(
            &session, [](const store::Project& project) { return project.runs().empty(); },
            [&session, &engine](bool untrained) {
                if (untrained) train(session, engine);
            });
    });
    session.open(text(project));
}

}  // namespace

void startDemo(ProjectSession& session, EngineClient& engine) {
    if (store::Project::is_project(demo::demo_project(demoParams().folder))) {
        return openAndTrain(session, engine);
    }
    const engine::JobId world = engine.submit(demo::make_demo_world_job(demoParams()));
    auto* once = new QObject(&session);
    QObject::connect(&engine, &EngineClient::jobFinished, once,
                     [once, world, &session, &engine](const engine::JobFinished& result) {
                         if (result.job != world) return;
                         once->deleteLater();
                         if (result.outcome == engine::Outcome::succeeded) openAndTrain(session, engine);
                     });
}

}  // namespace rest::ui
