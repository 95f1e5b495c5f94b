// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/hub_settings.h"

class QString;

namespace rest::ui {

/// The environment's settings; if they name no hub, the mirror that was set in the window. Throws Error
/// (invalid_argument).
models::HubSettings chosenHub();
/// HF_ENDPOINT is set: it takes precedence, and the window cannot change it.
bool hubIsSetOutside();
/// Remembers a mirror; empty: the hub itself. Throws Error (invalid_argument) for an invalid address.
void chooseMirror(const QString& address);

}  // namespace rest::ui
