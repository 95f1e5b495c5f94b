// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace rest::models {

/// The desktop's keyring (libsecret), one token per hub. Not available without libsecret at build time.
bool has_keyring();
/// The token stored for this hub; empty if there is no token, desktop or keyring. May ask the user to unlock it, so
/// call it only when a token is needed. From any thread but the GUI's.
std::string keyring_token(const std::string& endpoint);
/// Stores it; an empty token deletes the stored one. Throws Error (unsupported, io).
void keep_keyring_token(const std::string& endpoint, const std::string& token);

}  // namespace rest::models
