// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::ui {

class EngineClient;
class ProjectSession;

/// Opens the demo project in the user's data folder. If absent, its world is drawn and imported first; a project
/// without runs starts to train, live. Does not block.
void startDemo(ProjectSession& session, EngineClient& engine);

}  // namespace rest::ui
