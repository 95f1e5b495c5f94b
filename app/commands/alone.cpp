// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/alone.h"

#include "core/base/error.h"
#include "core/distributed/membership.h"

namespace rest::app {

void require_alone(const std::string& command) {
    const auto membership = distributed::membership_from_environment();
    if (!membership) return;
    throw Error(ErrorCode::unsupported,
                command + " is for one process, and " + std::to_string(membership->size) + " were started",
                "Start it without torchrun, srun or mpirun. Several processes share the work of rest train.");
}

}  // namespace rest::app
