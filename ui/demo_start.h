// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::ui {

class EngineClient;
class ProjectSession;

/// Opens the demo project in the user's data folder, where it is there already.
/// Returns false when it is not; nothing is opened then.
bool startDemo(ProjectSession& session, EngineClient& engine);

}  // namespace rest::ui
