// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace rest {

// A process may be asked to end soon (SIGTERM, as batch systems send it before a time limit). Its work is cancelled
// then, though nobody decided against it: what can be kept of it should be.

/// Of this process, and for good. Thread-safe.
void ask_to_leave() noexcept;
bool asked_to_leave() noexcept;

/// Cancelled because another process of the same work was asked to leave.
class Leaving : public Cancelled {};

/// Whether work that ended so should keep what it can.
bool is_leaving(const Cancelled& cancelled) noexcept;

}  // namespace rest
