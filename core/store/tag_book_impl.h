// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/database.h"
#include "core/store/tag_book.h"

namespace rest::store {

struct TagBook::Impl {
    Database db;

    /// Throws Error (not_found).
    Tag tag(TagId id);
    /// A name as it is kept. Throws Error (invalid_argument) when it is empty, too long or another tag's.
    std::string checked_tag_name(const std::string& name, TagId of);
};

/// Trimmed; throws Error (invalid_argument) naming `what` when nothing is left, or more than people type.
std::string checked_words(const std::string& words, const char* what);

}  // namespace rest::store
