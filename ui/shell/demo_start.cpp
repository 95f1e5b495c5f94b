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

void openAndTrain(ProjectSession& session, EngineClient& engine) {
    const auto project = demo::demo_project(demoParams().folder);
    session.open(text(project));
    try {
        if (!store::Project::open(project, store::OpenMode::read_only).runs().empty()) return;
    } catch (const Error&) {
        return;  // the session reports why it cannot be opened
    }
    engine.submit(
        engine::make_train_job({.project = project, .settings = demo::demo_settings(demoParams()), .name = "REST"}));
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
