// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/demo_start.h"

#include "core/base/paths.h"
#include "ui/engine_client.h"
#include "ui/format.h"
#include "ui/project_session.h"

namespace rest::ui {

bool startDemo(ProjectSession& session, EngineClient&) {
    const auto folder = data_dir() / "demo.rest";
    if (!Project::is_project(folder)) return false;
    session.open(text(folder));
    return true;
}

}  // namespace rest::ui
