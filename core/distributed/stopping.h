// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/error.h"
#include "core/distributed/group.h"

namespace rest::distributed {

// The processes of a group may be asked to stop at different times, and one that stopped alone would be missed by the
// others: each tells what it was asked, and all stop at the place where they told it.

enum class Stop { no, cancel, leave };  // leave: see asked_to_leave()

/// What a process was asked, as a number that is added up over the group, with whatever else is.
int64_t as_summand(Stop asked);
/// Throws Cancelled when by that sum somebody was asked to stop: Leaving, when somebody has to leave.
void obey(int64_t sum);
/// Both.
void stop_together(Group& group, Stop asked);

/// Tells the others the reason when `work` throws an Error or another exception that only this process may have met.
template <class Work>
auto or_give_up(Group& group, Work&& work) {
    try {
        return work();
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& e) {
        group.give_up(e.what());
        throw;
    }
}

}  // namespace rest::distributed
