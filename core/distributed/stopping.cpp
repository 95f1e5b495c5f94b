// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distributed/stopping.h"

#include "core/base/leaving.h"

namespace rest::distributed {
namespace {

/// More than there are processes.
constexpr int64_t kLeave = int64_t{1} << 32;

}  // namespace

int64_t as_summand(Stop asked) {
    switch (asked) {
        case Stop::cancel:
            return 1;
        case Stop::leave:
            return kLeave;
        case Stop::no:
            break;
    }
    return 0;
}

void obey(int64_t sum) {
    if (sum >= kLeave) throw Leaving();
    if (sum > 0) throw Cancelled();
}

void stop_together(Group& group, Stop asked) {
    const auto sum = torch::tensor({as_summand(asked)});
    group.sum(sum)->wait();
    obey(sum.item<int64_t>());
}

}  // namespace rest::distributed
