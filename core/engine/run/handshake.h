// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/base/task.h"
#include "core/distributed/group.h"
#include "core/engine/run/together.h"
#include "core/engine/settings/train_settings.h"

namespace rest::engine {

/// What a process has of its machine beside others of its group there.
struct MachinePart {
    int local_rank = 0;
    int sharing = 1;  // processes of the group that run on the same processors of the same machine, itself included
};

struct Joined {
    std::unique_ptr<distributed::Group> group;
    MachinePart part;
};

/// Joins the others of `together`, or none. Throws Error (invalid_argument) in all of them, naming rank and host, when
/// one runs another version of the program or was asked something else; as join_group(), and Cancelled while it waits.
Joined join(const std::optional<Together>& together, Task& task);

/// These settings for one of several processes of a machine: "auto" and "cuda" become a GPU of its own where there are
/// several, and 0 threads this process's part of the `processors`. Throws Error (device) when there are fewer GPUs than
/// processes, `gpus` being none or more.
MachineSettings part_of_machine(MachineSettings settings, const MachinePart& part, int gpus, int processors);

}  // namespace rest::engine
