// SPDX-License-Identifier: GPL-3.0-or-later
// For a build without Gloo's headers.
#include "core/base/error.h"
#include "core/distributed/group.h"

namespace rest::distributed {

std::unique_ptr<Group> join_group(const Membership& membership, const GroupSettings&) {
    throw Error(ErrorCode::unsupported,
                "This build runs in one process, and " + std::to_string(membership.size) + " were started",
                "Install libgloo-dev and build again, or start one process.");
}

}  // namespace rest::distributed
