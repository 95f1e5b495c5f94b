// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/store/records.h"

namespace rest::interchange {

/// Five frames at equal distances as <img> elements with the pictures in them, or a line that says why the video cannot
/// be read.
std::string frame_strip(const store::VideoRecord& video);

}  // namespace rest::interchange
