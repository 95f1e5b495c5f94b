// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/leaving.h"

#include <atomic>

namespace rest {
namespace {

std::atomic<bool> asked{false};

}  // namespace

void ask_to_leave() noexcept {
    asked = true;
}

bool asked_to_leave() noexcept {
    return asked;
}

bool is_leaving(const Cancelled& cancelled) noexcept {
    return asked_to_leave() || dynamic_cast<const Leaving*>(&cancelled) != nullptr;
}

}  // namespace rest
