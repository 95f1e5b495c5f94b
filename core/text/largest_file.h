// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace rest::text {

/// Maximum size of a vocabulary or merges file: the published ones have a few million bytes.
constexpr size_t kLargestTextFile = size_t{64} << 20;

}  // namespace rest::text
