// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/submit_again.h"

#include "core/engine/queue/queue_file.h"
#include "core/engine/run/train_job.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {

bool submitAgain(EngineClient& engine, ProjectSession& session, const engine::JobOrder& order) {
    const store::RunRef run = engine::run_of(order);
    if (run && engine.jobOfRun(run) != 0) return true;
    try {
        engine.submit(engine::make_train_job(order), run);
        return true;
    } catch (const Error& error) {
        Q_EMIT session.failed(text(error.what()), text(error.remedy()));
        return false;
    }
}

}  // namespace rest::ui
