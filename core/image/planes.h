// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace rest::image {

/// Writes the picture as three planes (3, height, width) to `planes`: red, green, blue; `mirrored` flips left and
/// right. Any thread.
void to_planes(const Image& image, bool mirrored, uint8_t* planes);

}  // namespace rest::image
