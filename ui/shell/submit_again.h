// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::engine {
struct JobOrder;
}

namespace rest::ui {

class EngineClient;
class ProjectSession;

/// Queues what was asked for once: after a failure, or after the window that had it queued is gone. An order that
/// cannot be made any more is told as the session's failure, and a run that a job works on already is left to that one.
bool submitAgain(EngineClient& engine, ProjectSession& session, const engine::JobOrder& order);

}  // namespace rest::ui
