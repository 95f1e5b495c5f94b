// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/store/database.h"

namespace rest::store {

/// The id of a text, which is stored if new. Call inside a transaction.
int64_t intern_text(Database& db, const std::string& text);

}  // namespace rest::store
