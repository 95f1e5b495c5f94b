// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace rest::text {

/// Bytes of the largest vocabulary or merges file that is read: the published ones have a few million.
constexpr size_t kLargestTextFile = size_t{64} << 20;

}  // namespace rest::text
